/** Messages as one mailbox: exactly as stored, or as mboxrd. Imports its neighbours and formats. */

import { MailboxError } from '../../../shared/errors.ts';
import { asctime, beginsWithHeader, endsLine, ownFromLine } from '../../mailbox/format/delivery.ts';
import type { ReadSo } from '../../mailbox/flush/append.ts';
import { lineEndAt } from '../../mailbox/format/line-end.ts';
import type { Requoting } from '../../mailbox/format/quoting-stream.ts';
import { headerFields } from '../../message/header-fields.ts';
import { beginningOf, type Content, contentOf } from './message-content.ts';
import { OneFile } from './one-file.ts';
import type { StoredMessage } from './stored-messages.ts';
import { type Taking, type TakingRequest, unquoting } from './taking.ts';

abstract class OneMailbox implements Taking {
  protected readonly file: OneFile;

  constructor(file: OneFile) {
    this.file = file;
  }

  abstract take(message: StoredMessage): Promise<void>;

  finish(): Promise<void> {
    return this.file.finish();
  }

  abandon(): Promise<void> {
    return this.file.abandon();
  }

  get written(): Taking['written'] {
    return this.file.written;
  }

  get path(): string {
    return this.file.path;
  }
}

const TAIL_BYTES = 4;

/**
 * Messages byte for byte, separator lines and all. Between two that do not follow each other in the
 * archive an empty line is added where there is none, or the second would not be found.
 */
export class StoredMbox extends OneMailbox {
  readonly #readSo: ReadSo;
  /** Where the last message ended in the archive, and its last bytes. */
  #before = { end: -1, tail: Buffer.alloc(0) };

  private constructor(file: OneFile, readSo: ReadSo) {
    super(file);
    this.#readSo = readSo;
  }

  /** @throws MISUSE if the archive is no mbox */
  static async begin({ source, path, ifTaken }: TakingRequest): Promise<StoredMbox> {
    const { format, reading } = source.mailbox;
    if (format.name !== 'mbox') {
      const sentence = `Only an mbox can be exported byte for byte as mbox, and this archive is in the ${format.name} format. Choose mboxrd.`;
      throw new MailboxError('MISUSE', { format: format.name }, { sentence });
    }
    return new StoredMbox(await OneFile.begin(source.disk, { path, ifTaken }), { format, reading });
  }

  async take(message: StoredMessage): Promise<void> {
    const { begin, last, span, whole } = message;
    const { end, tail } = this.#before;
    const follows = end === span.offset;
    const { format, reading } = this.#readSo;
    const before = follows ? [] : [format.fit(tail, begin, last, reading).before];
    await this.file.add(whole ? [...before, begin] : stored(before, message));
    this.#before = {
      end: span.offset + span.length,
      tail: Buffer.from(last.subarray(-TAIL_BYTES)),
    };
  }
}

async function* stored(
  before: readonly Uint8Array[],
  message: StoredMessage,
): AsyncGenerator<Uint8Array> {
  yield* before;
  yield message.begin;
  yield* message.rest();
}

const LINE_BYTES = 4096;

/**
 * mboxrd: every reader of mbox finds these messages again, and the quoting can be taken back exactly.
 * Each keeps its own From_ line, if it has one that programs understand.
 */
export class Mboxrd extends OneMailbox {
  readonly #request: TakingRequest;

  private constructor(file: OneFile, request: TakingRequest) {
    super(file);
    this.#request = request;
  }

  static async begin(request: TakingRequest): Promise<Mboxrd> {
    const { source, path, ifTaken } = request;
    return new Mboxrd(await OneFile.begin(source.disk, { path, ifTaken }), request);
  }

  async take(message: StoredMessage): Promise<void> {
    const { source, options } = this.#request;
    const { format, report } = source.mailbox;
    const own = beginningOf(message, format);
    const lineEnd = lineEndAt(own.subarray(0, LINE_BYTES));
    const lineBreak = lineEnd === '\r' ? 'CR' : 'LF';
    const gap = beginsWithHeader(own, lineBreak) ? '' : lineEnd;
    const line = fromLineOf(message, own);
    const quote: Requoting[] = [...unquoting(format, report, options), 'quote'];
    const content = contentOf(message, format, { header: ['quote-bare'], body: quote });
    const before = Buffer.concat([line, Buffer.from(lineEnd + gap, 'latin1')]);
    await this.file.add(
      Array.isArray(content)
        ? [before, ...content, behind(lastOf(content), lineEnd)]
        : framed(before, content, lineEnd),
    );
  }
}

/** What ends the last line, and an empty line. */
function behind(last: Uint8Array, lineEnd: string): Uint8Array {
  const ended = endsLine(last, lineEnd === '\r' ? 'CR' : 'LF');
  return Buffer.from(ended ? lineEnd : lineEnd + lineEnd, 'latin1');
}

const lastOf = (parts: readonly Uint8Array[]): Uint8Array =>
  parts.findLast((part) => part.length > 0) ?? Buffer.alloc(0);

async function* framed(
  before: Uint8Array,
  content: Content,
  lineEnd: string,
): AsyncGenerator<Uint8Array> {
  yield before;
  let last: Uint8Array = Buffer.alloc(0);
  for await (const part of content) {
    if (part.length > 0) last = Buffer.from(part.subarray(-1));
    yield part;
  }
  yield behind(last, lineEnd);
}

const ADDRESS = /([^\s<>(),:;"@]+@[^\s<>(),:;"@]+)/;
const ADDRESS_LENGTH_MAX = 300;

/** The message's own From_ line, or one made of who sent it and its date; without line end. */
function fromLineOf({ begin, span, row }: StoredMessage, message: Buffer): Buffer {
  const separator = begin.subarray(0, span.separatorLength);
  const at = separator.toString('latin1', 0, LINE_BYTES).search(/^From /m);
  const own = at < 0 ? null : ownFromLine(separator.subarray(at));
  if (own) return own.line;
  const fields = headerFields(message.subarray(0, 64 * 1024));
  const said = ['return-path', 'sender', 'from'].flatMap(
    (name) => fields.find((field) => field.name.toLowerCase() === name)?.value ?? [],
  );
  const address = said.flatMap(
    (value) => ADDRESS.exec(value.slice(0, ADDRESS_LENGTH_MAX))?.[1] ?? [],
  )[0];
  const sender = address !== undefined && /^[!-~]+$/.test(address) ? address : 'MAILER-DAEMON';
  return Buffer.from(`From ${sender} ${asctime(new Date(row.date ?? 0))}`, 'latin1');
}
