/**
 * What travels over a port between a window and its engine. (On stdio the same calls travel as
 * JSON-RPC 2.0, one value a line: `electron/engine/stdio.ts`.)
 *
 *   window -> engine   {id, method, params}
 *   engine -> window   {id, answer}            exactly one for each call
 *                      {notify, params}        unasked
 */

import type { Answer } from './answer.ts';
import type { Notification } from './contract.ts';

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

export interface Reply {
  readonly id: number;
  readonly answer: Answer<unknown>;
}

export type FromEngine = Reply | Notification;
