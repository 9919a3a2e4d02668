/**
 * How one archive is read, and what a person changes about it: the rule, the format, single lines.
 * Each change reads the archive again, then is remembered (`remembered-reading.ts`). What a caller
 * asks for when it opens the archive wins over what is remembered, and is not remembered itself.
 */

import type { Conflict, Params, WindowMethods } from '../../../shared/contract.ts';
import type { Dialect, DoubtfulLine, FormatName, Rule } from '../../../shared/dialect-report.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Key } from '../../../shared/units.ts';
import type { Reading } from '../../mailbox/format/format.ts';
import {
  type LinePlace as Line,
  type Overruling,
  Overrulings,
  overrulingOf,
  SEEN_BYTES,
} from '../../mailbox/format/overruling.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Work } from '../../mailbox/mailbox-options.ts';
import type { Remembered, RememberedReading } from './remembered-reading.ts';

type Overrule = Params<WindowMethods, 'overrule'>;
type ReadAs = Params<WindowMethods, 'readAs'>;

const LF = 10;
const CR = 13;

/** What a caller asks for when it opens an archive. */
export interface Asked {
  readonly rule?: Rule | undefined;
  readonly format?: FormatName | undefined;
}

export class Rereading {
  readonly #memory: RememberedReading;
  #reading: Reading;
  #named: FormatName | null;

  constructor(memory: RememberedReading, asked: Asked) {
    const { rule, format, overrulings } = memory.value;
    this.#memory = memory;
    this.#reading = { rule: asked.rule ?? rule, overrulings };
    this.#named = asked.format ?? format;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** The format a person chose; null if it is told from the content. */
  get named(): FormatName | null {
    return this.#named;
  }

  /** @throws BUSY before the archive has been read */
  dialect(mailbox: Mailbox): Dialect {
    const { report, path } = mailbox;
    if (!report) throw new MailboxError('BUSY', { path });
    const overrulings = this.#reading.overrulings.length;
    return { ...report, chosenFormat: this.#named, overrulings, memory: this.#memory.state };
  }

  /** @throws STALE, MISUSE, BUSY, CANCELLED, IO; it is read as before then */
  async overrule(mailbox: Mailbox, asked: Overrule, work: Work): Promise<void> {
    const line = await lineAt(mailbox, asked);
    const change = (was: readonly Overruling[]): readonly Overruling[] => changed(was, line, asked);
    const reading = { ...this.#reading, overrulings: change(this.#reading.overrulings) };
    await this.#reread(mailbox, reading, this.#named, work);
    await this.#memory.change((was) => ({ ...was, overrulings: change(was.overrulings) }));
  }

  /** @throws NOT_A_MAILBOX, BUSY, CANCELLED, IO; it is read as before then */
  async readAs(mailbox: Mailbox, asked: ReadAs, work: Work): Promise<void> {
    const change = (was: Remembered): Remembered => ({
      rule: asked.rule,
      format: asked.format === 'detect' ? null : (asked.format ?? was.format),
      overrulings: asked.overrulings === 'forget' ? [] : was.overrulings,
    });
    const { rule, format, overrulings } = change({ ...this.#reading, format: this.#named });
    await this.#reread(mailbox, { rule, overrulings }, format, work);
    await this.#memory.change(change);
  }

  async #reread(
    mailbox: Mailbox,
    reading: Reading,
    named: FormatName | null,
    work: Work,
  ): Promise<void> {
    await mailbox.reread({ reading, named }, work);
    this.#reading = reading;
    this.#named = named;
  }
}

function mustBeReady({ state, path }: Mailbox): void {
  if (state !== 'ready') throw new MailboxError('BUSY', { path, state });
}

/**
 * The line that a person points at.
 * @throws STALE if none that can be overruled begins there, or another than they saw
 * @throws MISUSE if it cannot be read so
 */
async function lineAt(mailbox: Mailbox, asked: Overrule): Promise<Line> {
  mustBeReady(mailbox);
  const { offset, text } = asked;
  const { table, report, format } = mailbox;
  const at = offset > 0 ? 1 : 0;
  const window = Buffer.alloc(at + SEEN_BYTES);
  const read = await mailbox.readBytes(table, window, offset - at);
  const bytes = window.subarray(0, read ?? 0);
  const known = report?.lines.find((line) => line.offset === offset);
  const begins = at === 0 || bytes[0] === LF || bytes[0] === CR || offset === BYTE_ORDER_MARK;
  const { overrulable } = format;
  const stands = begins && overrulable.isOne(bytes, at, bytes.length);
  const shown = stands ? overrulable.shown(bytes, at, bytes.length) : '';
  const seen = [known?.text, text].every((line) => line === undefined || shown.startsWith(line));
  if (!stands || !seen) {
    const sentence = 'That line is no longer there. Nothing was changed; look at the lines again.';
    throw new MailboxError('STALE', { offset }, { sentence });
  }
  mustBeChoice(asked, known, mailbox);
  return { lines: overrulable, bytes, at, to: bytes.length };
}

/**
 * In an mbox any `From ` line can be the beginning of a message, or text of the one before. Elsewhere
 * most marks can only be what they are: the report says which cannot.
 */
function mustBeChoice(
  { offset, reading }: Overrule,
  known: DoubtfulLine | undefined,
  { format, table }: Mailbox,
): void {
  if (reading === 'default') return;
  const isMbox = format.name === 'mbox';
  if (isMbox && (reading === 'separator' || offset > table.preambleBytes)) return;
  if (!isMbox && (known?.overruled || known?.choices.includes(reading))) return;
  const sentence = isMbox
    ? 'There is no message before this line to join it to. Nothing was changed.'
    : 'This line cannot be read in that way. Nothing was changed.';
  throw new MailboxError('MISUSE', { offset, reading }, { sentence });
}

/** A byte-order mark may stand before the first line. */
const BYTE_ORDER_MARK = 3;

function changed(
  was: readonly Overruling[],
  line: Line,
  { reading }: Overrule,
): readonly Overruling[] {
  const { lines, bytes, at, to } = line;
  const others = Overrulings.of(was, lines)?.without(bytes, at, to) ?? [];
  return reading === 'default' ? others : [...others, overrulingOf(line, reading)];
}

/** What becomes of marks whose messages are others now. */
export function marksLost(keys: readonly Key[]): readonly Conflict[] {
  const sentence =
    'Read in another way it is another message, so its mark is gone. Look at it again before you delete it.';
  return keys.map((key) => ({ key, code: 'GONE', sentence }));
}
