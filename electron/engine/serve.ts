/**
 * The only place where a call from outside is checked: own method names only, parameters against
 * their schema, and whatever happens becomes an answer. A call is never met with silence (DESIGN 7).
 */

import type { z } from 'zod';
import { type Answer, toAnswer } from '../../shared/answer.ts';
import type { Methods } from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';

/** One function for each method of a contract, with the types that its schemas give. */
export type Handlers<M extends Methods> = {
  readonly [Name in keyof M]: M[Name] extends { params: z.ZodType; result: z.ZodType }
    ? (
        params: z.infer<M[Name]['params']>,
      ) => Promise<z.infer<M[Name]['result']>> | z.infer<M[Name]['result']>
    : never;
};

export type Serve = (method: string, params: unknown) => Promise<Answer<unknown>>;

/**
 * Answers calls by a contract.
 * @returns a function that never throws; an unknown method or ill-formed parameters answer MISUSE
 */
export function serveContract<M extends Methods>(methods: M, handlers: Handlers<M>): Serve {
  const known = new Map(Object.entries(methods));
  const handlerOf = handlers as unknown as Record<string, (params: unknown) => unknown>;
  return (method, params) =>
    toAnswer(() => {
      const contract = known.get(method);
      const handle = handlerOf[method];
      if (!contract || !handle) {
        throw new MailboxError('MISUSE', { method: method.slice(0, 100) });
      }
      return handle(checkedBy(contract.params, params ?? {}, method));
    });
}

/** @throws MISUSE if parameters are not of this shape */
function checkedBy(schema: z.ZodType, params: unknown, method: string): unknown {
  let problems: readonly string[];
  try {
    const checked = schema.safeParse(params);
    if (checked.success) return checked.data;
    problems = checked.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`.slice(0, 200));
  } catch (thrown) {
    // It cannot freeze bytes that stand in place of a list.
    problems = [thrown instanceof Error ? thrown.message.slice(0, 200) : 'not readable'];
  }
  throw new MailboxError('MISUSE', { method, problems });
}

/**
 * The same handlers, each of which first waits for something.
 * @param first what there is to wait for; null: nothing
 * @param atOnce names of those that do not wait
 */
export function waiting<M extends Methods>(
  handlers: Handlers<M>,
  first: () => Promise<void> | null,
  atOnce: readonly (keyof M)[],
): Handlers<M> {
  const each = Object.entries(handlers as Record<string, (params: unknown) => unknown>);
  const waits = each.map(([name, handle]) => {
    if (atOnce.some((one) => one === name)) return [name, handle];
    const wait = (params: unknown): unknown => {
      const before = first();
      return before ? before.then(() => handle(params)) : handle(params);
    };
    return [name, wait];
  });
  return Object.fromEntries(waits) as Handlers<M>;
}
