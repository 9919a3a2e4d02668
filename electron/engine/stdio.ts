/**
 * Serves a contract on standard input and output as JSON-RPC 2.0, one JSON value a line.
 *
 * Errors carry the code's name and kind in `data`; the numeric codes are those of the specification
 * (-32700 not JSON, -32600 no request, -32601 unknown method, -32602 bad parameters) and -32000 for
 * all of ours. Requests without an id are carried out and not answered, as the specification says.
 */

import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CODES, type ErrorValue } from '../../shared/errors.ts';
import type { Notification } from '../../shared/contract.ts';
import type { Serve } from './serve.ts';

const NOT_JSON = -32700;
const NO_REQUEST = -32600;
const BAD_PARAMETERS = -32602;
const OURS = -32000;

interface Request {
  readonly id?: string | number | null;
  readonly method: string;
  readonly params?: unknown;
}

function isRequest(value: unknown): value is Request {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!('jsonrpc' in value) || value.jsonrpc !== '2.0') return false;
  if (!('method' in value) || typeof value.method !== 'string') return false;
  if (!('id' in value)) return true;
  return value.id === null || typeof value.id === 'string' || typeof value.id === 'number';
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Line by line; calls run side by side, as over a port. */
export class StdioServer {
  readonly #output: Writable;
  readonly #serve: Serve;
  readonly #running = new Set<Promise<void>>();

  constructor(output: Writable, serve: Serve) {
    this.#output = output;
    this.#serve = serve;
  }

  /** Serves until the input ends and every call has been answered. */
  async run(input: Readable): Promise<void> {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue;
      const work = this.#take(line).finally(() => this.#running.delete(work));
      this.#running.add(work);
    }
    await Promise.all(this.#running);
  }

  notify(note: Notification): void {
    this.#write({ method: note.notify, params: note.params });
  }

  async #take(line: string): Promise<void> {
    const value = parse(line);
    if (value === undefined) return this.#fail(null, NOT_JSON, 'not JSON');
    if (!isRequest(value)) return this.#fail(null, NO_REQUEST, 'no JSON-RPC 2.0 request');
    const answer = await this.#serve(value.method, value.params);
    if (value.id === undefined) return;
    if (answer.ok) this.#write({ id: value.id, result: answer.value });
    else {
      const { code, sentence } = answer.error;
      this.#fail(value.id, code === 'MISUSE' ? BAD_PARAMETERS : OURS, sentence, answer.error);
    }
  }

  #fail(id: string | number | null, code: number, message: string, error?: ErrorValue): void {
    const misuse: ErrorValue = {
      code: 'MISUSE',
      kind: CODES.MISUSE.kind,
      sentence: message,
      details: {},
    };
    const { code: name, kind, details } = error ?? misuse;
    this.#write({ id, error: { code, message, data: { code: name, kind, details } } });
  }

  #write(body: object): void {
    this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`);
  }
}
