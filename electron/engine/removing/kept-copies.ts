/**
 * What compactions removed and kept, to be put back: the recovery mailbox of DESIGN 5, one for each
 * compaction, in a folder of the user's, under a name made of the archive's path.
 *
 *   <folder>/<archive's name>-<digest of its path>/<moment>-<messages>.mbox    as they were stored
 *   <folder>/<archive's name>-<digest of its path>/<moment>-<messages>.keys    their keys, a line each
 *
 * The keys are written first. A message whose key still names one in the archive was not removed,
 * whatever happened in between, and is not put back a second time (`what-was-removed.ts`).
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import type { Status } from '../../../shared/status.ts';
import {
  type Amount,
  byteOffset,
  type Key,
  key,
  type MessageNumber,
  messageNumber,
} from '../../../shared/units.ts';
import type { Disk } from '../../mailbox/disk/disk.ts';
import { isSameFile } from '../../mailbox/disk/identity.ts';
import { Mailbox } from '../../mailbox/mailbox.ts';
import { QUIET, type Work } from '../../mailbox/mailbox-options.ts';
import { nothingWasRemoved, whatWasRemoved } from './what-was-removed.ts';

const COPY = '.mbox';
const KEYS = '.keys';
const NAME = /^(\d{8}T\d{9}Z)-(\d+)\.mbox$/;

interface KeptCopy {
  readonly path: string;
  readonly messages: number;
  readonly bytes: number;
}

export class KeptCopies {
  readonly #disk: Disk;
  readonly #folder: string;
  /** Oldest first. */
  #copies: readonly KeptCopy[] = [];
  /** What they hold is back: a second time it would be there twice. */
  readonly #doneWith = new Set<string>();

  constructor(disk: Disk, copyFolder: string, archivePath: string) {
    this.#disk = disk;
    const id = createHash('sha256').update(path.resolve(archivePath)).digest('hex').slice(0, 8);
    this.#folder = path.join(copyFolder, `${path.basename(archivePath)}-${id}`);
  }

  /** All that is kept. */
  get amount(): Status['kept'] {
    return {
      copies: this.#copies.length,
      messages: this.#copies.reduce((sum, copy) => sum + copy.messages, 0),
      bytes: this.#copies.reduce((sum, copy) => sum + copy.bytes, 0),
    };
  }

  /** Looks at what is there. */
  async look(): Promise<void> {
    const copies: KeptCopy[] = [];
    for (const name of [...(await this.#disk.names(this.#folder))].sort()) {
      const match = NAME.exec(name);
      const copyPath = path.join(this.#folder, name);
      const facts = match ? await this.#disk.facts(copyPath) : null;
      if (!match || !facts || this.#doneWith.has(copyPath)) continue;
      copies.push({ path: copyPath, messages: Number(match[2]), bytes: facts.size });
    }
    this.#copies = copies;
  }

  /** A compaction is about to remove these messages. @returns where its copy belongs */
  async begin(keys: readonly Key[], { messages }: Amount): Promise<string> {
    await this.#disk.createFolder(this.#folder);
    await this.look();
    const copyPath = path.join(this.#folder, `${this.#nextMoment()}-${messages}${COPY}`);
    const file = await this.#disk.create(keysBeside(copyPath), 0o600);
    if (!file) throw new MailboxError('BUSY', { path: copyPath });
    try {
      await file.write(Buffer.from(`${keys.join('\n')}\n`, 'latin1'), byteOffset(0));
      await file.sync();
    } finally {
      await file.close();
    }
    return copyPath;
  }

  /** A moment behind that of every copy, also where a clock was set back: the last one is undone first. */
  #nextMoment(): string {
    const now = momentText(Date.now());
    const last = NAME.exec(path.basename(this.#copies.at(-1)?.path ?? ''))?.[1] ?? '';
    return last < now ? now : momentText(timeOf(last) + 1);
  }

  /** Lets go of one copy. */
  async forget(copyPath: string): Promise<void> {
    await this.#disk.remove(copyPath);
    await this.#disk.remove(keysBeside(copyPath));
    await this.look();
  }

  /** Lets go of all of them. */
  async discard(): Promise<void> {
    await this.look();
    for (const copy of this.#copies) await this.forget(copy.path);
  }

  /**
   * Puts back what the last compaction removed, then lets go of the copy.
   * @throws GONE if there is none
   */
  async restore(into: Mailbox, work: Work): Promise<Amount> {
    await this.look();
    const last = this.#copies.at(-1);
    if (!last) {
      throw new MailboxError(
        'GONE',
        { path: this.#folder },
        { sentence: 'No removed messages are kept for this archive. Nothing was changed.' },
      );
    }
    const keys = await this.#keysOf(last);
    const amount = nothingWasRemoved(into, keys)
      ? NOTHING
      : await withCopy(this.#disk, last.path, into, async (copy) => {
          const removed = whatWasRemoved(copy, into, keys);
          if (removed !== 'everything') return putBack(into, copy, removed, work);
          await into.restore(copy, removed, work);
          return { messages: last.messages, bytes: copy.size };
        });
    this.#doneWith.add(last.path);
    // It is back, whatever becomes of the copy; where that cannot go, it is not offered once more.
    await this.forget(last.path).catch(() => this.look());
    return amount;
  }

  /**
   * Puts back messages of any mailbox of the same format, which is left as it is.
   * @throws GONE if it does not hold one of the keys; MISUSE if it is of another format
   */
  restoreFrom(
    into: Mailbox,
    from: { readonly path: string; readonly keys: readonly Key[] | null },
    work: Work,
  ): Promise<Amount> {
    return withCopy(this.#disk, from.path, into, (copy) => {
      const numbers = from.keys?.map((of) => {
        const number = copy.keys.numberOf(of);
        if (number === null) throw new MailboxError('GONE', { path: from.path, key: of });
        return number;
      });
      // A key that is named twice is one message.
      return putBack(into, copy, numbers ? [...new Set(numbers)] : numbersOf(copy), work);
    });
  }

  async #keysOf(copy: KeptCopy): Promise<readonly Key[]> {
    const keysPath = keysBeside(copy.path);
    if ((await this.#disk.facts(keysPath)) === null) return [];
    const file = await this.#disk.open(keysPath, 'read');
    try {
      const bytes = Buffer.alloc((await file.facts()).size);
      const text = bytes.subarray(0, await file.read(bytes, byteOffset(0))).toString('latin1');
      return text.split('\n').filter(Boolean).map(key);
    } finally {
      await file.close();
    }
  }
}

const NOTHING: Amount = { messages: 0, bytes: 0 };

const momentText = (time: number): string => new Date(time).toISOString().replace(/[-:.]/g, '');

/** The time of `momentText`; now for what is no moment. */
function timeOf(moment: string): number {
  const parts = moment
    .match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/)
    ?.slice(1)
    .map(Number);
  const [year = 0, month = 1, day, hour, minute, second, ms] = parts ?? [];
  return parts ? Date.UTC(year, month - 1, day, hour, minute, second, ms) : Date.now();
}

const keysBeside = (copyPath: string): string => `${copyPath.slice(0, -COPY.length)}${KEYS}`;

const numbersOf = ({ table }: Mailbox): MessageNumber[] =>
  Array.from({ length: table.count }, (_none, number) => messageNumber(number));

/** Opens a mailbox for reading, reads it whole, and closes it. */
async function withCopy<Value>(
  disk: Disk,
  copyPath: string,
  into: Mailbox,
  act: (copy: Mailbox) => Promise<Value>,
): Promise<Value> {
  await mustBeAnother(disk, copyPath, into);
  const copy = await Mailbox.open({
    disk,
    path: copyPath,
    access: 'read-only',
    // What was one message there is one message here.
    reading: into.reading,
    stateFolder: path.dirname(copyPath),
    onRegenerated: () => undefined,
  });
  try {
    if (copy.journal !== 'none') {
      const sentence = `A change of ${path.basename(copyPath)} was interrupted, and some of its messages are half moved. Nothing was changed; open that archive once to finish it, then put its messages back.`;
      throw new MailboxError('UNSURE', { path: copyPath }, { sentence });
    }
    // Nothing in an empty file tells which format it had.
    const isOther = copy.format.name !== into.format.name;
    if (isOther && into.size === 0 && copy.format.readOnly === undefined) {
      await into.reread({ reading: into.reading, named: copy.format.name }, QUIET);
    }
    if (copy.format.name !== into.format.name) {
      const sentence = `${path.basename(copyPath)} is in the ${copy.format.name} format, this archive in ${into.format.name}. Nothing was changed.`;
      throw new MailboxError('MISUSE', { path: copyPath }, { sentence });
    }
    await copy.scan(QUIET);
    return await act(copy);
  } finally {
    await copy.close();
  }
}

/** Not opened to find out: closing a second descriptor of the mailbox would drop its locks. */
async function mustBeAnother(disk: Disk, copyPath: string, into: Mailbox): Promise<void> {
  if (!isSameFile(await disk.facts(copyPath), await disk.facts(into.path))) return;
  const sentence = 'Messages can only be put back from another file. Nothing was changed.';
  throw new MailboxError('MISUSE', { path: copyPath }, { sentence });
}

async function putBack(
  into: Mailbox,
  copy: Mailbox,
  numbers: readonly MessageNumber[],
  work: Work,
): Promise<Amount> {
  if (numbers.length === 0) return NOTHING;
  const bytes = numbers.reduce((sum, number) => sum + copy.table.length(number), 0);
  return { messages: await into.restore(copy, numbers, work), bytes };
}
