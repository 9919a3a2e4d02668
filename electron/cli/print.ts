/** What the terminal program writes: text for people, or one JSON value a line. */

import { type ErrorValue, toErrorValue } from '../../shared/errors.ts';
import type { SearchHint } from '../../shared/search-answer.ts';

/** Of everything that this process writes. */
const FORM = process.argv.includes('--json') ? 'json' : 'text';

export interface Print {
  /** @param value for `--json` @param text for people */
  readonly value: (value: unknown, text: string) => void;
  readonly bytes: (bytes: Uint8Array) => Promise<void>;
}

const lineIn = (value: unknown, text: string): string =>
  FORM === 'json' ? `${JSON.stringify(value)}\n` : `${text}\n`;

export const print: Print = {
  value: (value, text) => {
    process.stdout.write(lineIn(value, text));
  },
  bytes: (bytes) =>
    new Promise((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
    }),
};

/** Something beside the answer. */
export function printNote(value: object, text: string): void {
  process.stderr.write(lineIn(value, text));
}

/** What stands in a mailbox or in a name must not steer a terminal. */
export const harmless = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');

/** The file and the message that an error is about, as far as it says: there may have been many. */
function about({ details }: ErrorValue): string {
  const named = [details['path'], details['key']].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
  return named.map((name) => `${harmless(name)}: `).join('');
}

/** Says what went wrong on standard error. */
export function printError(error: unknown): ErrorValue {
  const value = toErrorValue(error);
  const detail = value.code === 'BUG' ? ` (${JSON.stringify(value.details)})` : '';
  printNote(value, `mailkeep: ${about(value)}${value.sentence}${detail}`);
  return value;
}

/** What could be better about a query goes to the terminal, not into the answer. */
export function printHints(hints: readonly SearchHint[]): void {
  for (const hint of hints) {
    const { says, right } = hint;
    printNote({ hint }, `hint: ${says}${right === '' ? '' : ` For example: ${right}`}`);
  }
}

/** By whom texts were searched, where it was not by reading each of them. */
export function printIndexed(indexed: number, messages: number): void {
  const note =
    indexed >= messages
      ? 'texts were searched by their index'
      : `texts of ${indexed} of ${messages} messages were searched by their index, the others read`;
  printNote({ note }, `note: ${note}`);
}

/** For whom a person is kept waiting. A program is told of it by the error, if it is one in the end. */
export function printWaiting(holder: string): void {
  if (FORM === 'json') return;
  const who = holder === '' ? 'another program' : harmless(holder);
  process.stderr.write(`note: waiting for the lock held by ${who}\n`);
}
