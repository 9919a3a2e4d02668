/**
 * The built engine as a process of its own, spoken to as other programs do: `mailkeep serve --stdio`,
 * JSON-RPC 2.0, one value a line.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The built terminal program. */
export const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js');

interface RefusedData {
  readonly code: string;
  readonly kind?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

interface Response {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: RefusedData };
}

/** What the engine refused, with its code. */
export class Refused extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, { code, details = {} }: RefusedData) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

const ENDED: RefusedData = { code: 'ENGINE_ENDED' };

export interface ServedOptions {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export class Served {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** Notifications so far. */
  readonly heard: { readonly method: string; readonly params: unknown }[] = [];
  readonly #waiting = new Map<number, (response: Response) => void>();
  #last = 0;
  #over = false;

  /** @param options how its process is started; `command` stands in front of the program */
  constructor(options: ServedOptions = {}) {
    const [program = '', ...words] = [
      ...(options.command ?? []),
      process.execPath,
      CLI,
      'serve',
      '--stdio',
    ];
    this.child = spawn(program, words, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...options.environment },
    });
    // Who speaks to an engine that was killed learns so from its calls.
    this.child.stdin?.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
    if (!this.child.stdout) throw new Error('no output');
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const response = JSON.parse(line) as Response;
      if (response.id === undefined) {
        this.heard.push({ method: response.method ?? '', params: response.params });
      } else this.#waiting.get(response.id)?.(response);
    });
    void this.ended.then(() => {
      this.#over = true;
      for (const settle of this.#waiting.values()) {
        settle({ error: { message: 'the engine ended', data: ENDED } });
      }
    });
  }

  /** @throws Refused */
  call<Result>(method: string, params: object = {}): Promise<Result> {
    if (this.#over) return Promise.reject(new Refused('the engine ended', ENDED));
    this.#last += 1;
    const id = this.#last;
    this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error) reject(new Refused(error.message, error.data ?? { code: '' }));
        else resolve(result as Result);
      });
    });
  }

  /** A line that need be no request at all. */
  say(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async close(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
  }
}
