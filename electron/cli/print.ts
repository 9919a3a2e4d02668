/** What the terminal program writes: text for people, or one JSON value a line. */

import { type ErrorValue, toErrorValue } from '../../shared/errors.ts';
import type { SearchHint } from '../../shared/search-answer.ts';

export interface Print {
  /** @param value for `--json` @param text for people */
  readonly value: (value: unknown, text: string) => void;
  readonly bytes: (bytes: Uint8Array) => Promise<void>;
}

export function printer(form: 'text' | 'json'): Print {
  return {
    value: (value, text) => {
      process.stdout.write(form === 'json' ? `${JSON.stringify(value)}\n` : `${text}\n`);
    },
    bytes: (bytes) =>
      new Promise((resolve, reject) => {
        process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
  };
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
export function printError(error: unknown, form: 'text' | 'json'): ErrorValue {
  const value = toErrorValue(error);
  const detail = value.code === 'BUG' ? ` (${JSON.stringify(value.details)})` : '';
  process.stderr.write(
    form === 'json'
      ? `${JSON.stringify(value)}\n`
      : `mailkeep: ${about(value)}${value.sentence}${detail}\n`,
  );
  return value;
}

/** What could be better about a query goes to the terminal, not into the answer. */
export function printHints(hints: readonly SearchHint[]): void {
  for (const { says, right } of hints) {
    process.stderr.write(`hint: ${says}${right === '' ? '' : ` For example: ${right}`}\n`);
  }
}

/** By whom texts were searched, where it was not by reading each of them. */
export function printIndexed(indexed: number, messages: number): void {
  const how =
    indexed >= messages
      ? 'texts were searched by their index'
      : `texts of ${indexed} of ${messages} messages were searched by their index, the others read`;
  process.stderr.write(`note: ${how}\n`);
}
