/**
 * Serves a contract on standard input and output as JSON-RPC 2.0, one JSON value a line.
 *
 * Errors carry the code's name and kind in `data`; the numeric codes are those of the specification
 * (-32700 not JSON, -32600 no request, -32601 unknown method, -32602 bad parameters) and -32000 for
 * all of ours. Requests without an id are carried out and not answered, and a list of requests is
 * answered by a list, as the specification says.
 */

import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CODES, type ErrorValue } from '../../shared/errors.ts';
import type { Methods, Notification } from '../../shared/contract.ts';
import type { Serve } from './serve.ts';

const NOT_JSON = -32700;
const NO_REQUEST = -32600;
const UNKNOWN_METHOD = -32601;
const BAD_PARAMETERS = -32602;
const OURS = -32000;

type Id = string | number | null;

interface Request {
  readonly id?: Id;
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

interface Failure {
  readonly number: number;
  readonly error: ErrorValue;
}

const misuse = (number: number, sentence: string): Failure => ({
  number,
  error: { code: 'MISUSE', kind: CODES.MISUSE.kind, sentence, details: {} },
});

function failed(id: Id, { number, error }: Failure): object {
  const { code, kind, sentence, details } = error;
  return inEnvelope({
    id,
    error: { code: number, message: sentence, data: { code, kind, details } },
  });
}

const inEnvelope = (body: object): object => ({ jsonrpc: '2.0', ...body });

/** Line by line; whether calls run side by side is up to what serves them. */
export class StdioServer {
  readonly #output: Writable;
  readonly #methods: Methods;
  readonly #serve: Serve;
  readonly #running = new Set<Promise<void>>();

  /** @param methods what `serve` serves */
  constructor(output: Writable, methods: Methods, serve: Serve) {
    this.#output = output;
    this.#methods = methods;
    this.#serve = serve;
  }

  /** Serves until the input ends, or is no longer to be heeded, and every call has been answered. */
  async run(input: Readable, signal?: AbortSignal): Promise<void> {
    const lines = createInterface({
      input,
      crlfDelay: Number.POSITIVE_INFINITY,
      ...(signal ? { signal } : {}),
    });
    for await (const line of lines) {
      if (line.trim() === '') continue;
      const work = this.#take(line).finally(() => this.#running.delete(work));
      this.#running.add(work);
    }
    await Promise.all(this.#running);
  }

  notify(note: Notification): void {
    this.#write(inEnvelope({ method: note.notify, params: note.params }));
  }

  async #take(line: string): Promise<void> {
    const value = parse(line);
    if (value === undefined) this.#write(failed(null, misuse(NOT_JSON, 'not JSON')));
    else if (Array.isArray(value) && value.length > 0) {
      const answers = await Promise.all(value.map((one) => this.#answer(one)));
      const wanted = answers.filter((answer) => answer !== null);
      if (wanted.length > 0) this.#write(wanted);
    } else {
      const answer = await this.#answer(value);
      if (answer) this.#write(answer);
    }
  }

  /** @returns null if no answer is wanted */
  async #answer(value: unknown): Promise<object | null> {
    if (!isRequest(value)) return failed(null, misuse(NO_REQUEST, 'no JSON-RPC 2.0 request'));
    const { id, method, params } = value;
    const answer = await this.#serve(method, params);
    if (id === undefined) return null;
    if (answer.ok) return inEnvelope({ id, result: answer.value });
    return failed(id, { number: this.#numberOf(method, answer.error), error: answer.error });
  }

  #numberOf(method: string, { code }: ErrorValue): number {
    if (!Object.hasOwn(this.#methods, method)) return UNKNOWN_METHOD;
    return code === 'MISUSE' ? BAD_PARAMETERS : OURS;
  }

  #write(value: object): void {
    this.#output.write(`${JSON.stringify(value)}\n`);
  }
}
