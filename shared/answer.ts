/** What every call across a process border answers: a value, never a throw. */

import { type ErrorValue, fromErrorValue, toErrorValue } from './errors.ts';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ErrorValue };

/** Runs `work` and turns its result, or whatever it throws, into an answer. Never throws. */
export async function toAnswer<Value>(work: () => Promise<Value> | Value): Promise<Answer<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toErrorValue(thrown) };
  }
}

/**
 * The value of an answer.
 * @throws MailboxError the error it carries
 */
export function fromAnswer<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  throw fromErrorValue(answer.error);
}
