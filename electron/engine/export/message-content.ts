/**
 * The bytes of a message as they are taken out: without what the archive has in front of it and
 * behind it, and without its quoting. Imports mailbox's formats.
 *
 * Short messages come in parts of memory, long ones as a stream; both come out the same.
 */

import type { Format } from '../../mailbox/format/format.ts';
import { headerBlockAt } from '../../mailbox/format/header-block.ts';
import { CR, LF } from '../../mailbox/format/line-end.ts';
import { QuotingStream, type Requoting } from '../../mailbox/format/quoting-stream.ts';
import type { StoredMessage } from './stored-messages.ts';

/** What is written to a file, in order. */
export type Content = readonly Uint8Array[] | AsyncIterable<Uint8Array>;

/** What becomes of `From ` lines, in this order. */
export interface Requotings {
  readonly header: readonly Requoting[];
  readonly body: readonly Requoting[];
}

/** The message itself, or its beginning if it is long. */
export function beginningOf({ begin, whole, span }: StoredMessage, format: Format): Buffer {
  if (whole) return format.messageIn(begin, span);
  // What is taken off at the end of a message must not be taken off here.
  let end = begin.length;
  while (end > 0 && (begin[end - 1] === LF || begin[end - 1] === CR)) end -= 1;
  return format.messageIn(begin.subarray(0, end), span);
}

/** Where the body begins in a message; its length if there is none. */
export function bodyStart(message: Buffer, { span }: StoredMessage, format: Format): number {
  const { headerLength, separatorLength } = span;
  if (format.name !== 'babyl') {
    return headerLength > separatorLength ? headerLength - separatorLength : message.length;
  }
  const { end } = headerBlockAt(message, 0, message.length, 'LF');
  return end < 0 ? message.length : end;
}

/** The message, requoted. */
export function contentOf(stored: StoredMessage, format: Format, how: Requotings): Content {
  const message = beginningOf(stored, format);
  const body = bodyStart(message, stored, format);
  if (!stored.whole) return streamed(stored, format, message, new Requoted(body, how));
  if (how.body.length === 0 && how.header.length === 0) return [message];
  const requoted = new Requoted(body, how);
  return [...requoted.push(message), ...requoted.end()];
}

async function* streamed(
  stored: StoredMessage,
  format: Format,
  message: Buffer,
  requoted: Requoted,
): AsyncGenerator<Uint8Array> {
  yield* requoted.push(message);
  let end = stored.begin.length;
  while (end > 0 && (stored.begin[end - 1] === LF || stored.begin[end - 1] === CR)) end -= 1;
  let left = stored.span.length - end - closingLength(stored, format);
  const taken = (part: Uint8Array): Uint8Array => {
    const some = part.subarray(0, Math.max(0, left));
    left -= part.length;
    return some;
  };
  yield* requoted.push(taken(stored.begin.subarray(end)));
  for await (const part of stored.rest()) yield* requoted.push(taken(part));
  yield* requoted.end();
}

/** How much at the end of a stored message belongs to the archive: an empty line, a postmark. */
function closingLength({ last }: StoredMessage, format: Format): number {
  if (format.name === 'babyl') return /\r?\n$/.exec(last.toString('latin1'))?.[0].length ?? 0;
  return last.length - format.messageIn(last, { separatorLength: 0, headerLength: 0 }).length;
}

/** Header and body pass through their own quoting. */
class Requoted {
  readonly #header: Chain;
  readonly #body: Chain;
  #left: number;

  constructor(bodyAt: number, how: Requotings) {
    this.#left = bodyAt;
    this.#header = new Chain(how.header);
    this.#body = new Chain(how.body);
  }

  push(piece: Uint8Array): Uint8Array[] {
    if (this.#left === 0) return this.#body.push(piece);
    const header = piece.subarray(0, this.#left);
    this.#left -= header.length;
    const parts = this.#header.push(header);
    if (this.#left > 0) return parts;
    return [...parts, ...this.#header.end(), ...this.#body.push(piece.subarray(header.length))];
  }

  end(): Uint8Array[] {
    return [...(this.#left > 0 ? this.#header.end() : []), ...this.#body.end()];
  }
}

class Chain {
  readonly #streams: readonly QuotingStream[];

  constructor(how: readonly Requoting[]) {
    this.#streams = how.map((one) => new QuotingStream(one));
  }

  push(piece: Uint8Array): Uint8Array[] {
    return this.#through([piece], 0);
  }

  end(): Uint8Array[] {
    return this.#streams.flatMap((stream, at) => this.#through(stream.end(), at + 1));
  }

  #through(pieces: Uint8Array[], from: number): Uint8Array[] {
    return this.#streams
      .slice(from)
      .reduce((parts, stream) => parts.flatMap((part) => stream.push(part)), pieces);
  }
}
