/**
 * A session on stdio (`mailkeep serve --stdio`): the methods of `terminalMethods`, over one archive
 * that the other side opens and closes.
 */

import type {
  Notification,
  Params,
  Result,
  TerminalMethods,
  terminalMethods,
} from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { PartChunk } from '../../shared/reading-contract.ts';
import type { Status } from '../../shared/status.ts';
import { type Key, key, type MessageNumber, messageNumber, taskId } from '../../shared/units.ts';
import type { Addition } from '../mailbox/additions.ts';
import { Archive } from './archive/archive.ts';
import type { ArchiveEvent, Expanding } from './archive/archive-request.ts';
import type { Handlers, Serve } from './serve.ts';

/** Where things outside the archive are kept. */
export interface Folders {
  readonly journalFolder: string;
  readonly readingFolder: string;
  readonly copyFolder: string;
  readonly catalogFolder: string | null;
  readonly expanding?: Expanding;
  /** See `ArchiveRequest`. */
  readonly workerScript?: string | null;
  readonly textScript?: string | null;
}

/** Bytes as JSON can carry them. */
function inBase64({ bytes, ...rest }: PartChunk): Result<TerminalMethods, 'part'> {
  return { bytes: Buffer.from(bytes).toString('base64'), ...rest };
}

export class TerminalSession {
  readonly #folders: Folders;
  readonly #notify: (note: Notification) => void;
  #archive: Archive | null = null;
  #called: Promise<unknown> = Promise.resolve();

  constructor(folders: Folders, notify: (note: Notification) => void) {
    this.#folders = folders;
    this.#notify = notify;
  }

  /**
   * Calls come without waiting for answers, and mean what they would mean one after the other: a flush
   * takes what was marked before it, `close` stops nothing, and one process opens a mailbox once. Only
   * what may look at the work that is being done, and stop it, does not wait.
   * @param serve never throws
   */
  inOrder(serve: Serve): Serve {
    return (method, params) => {
      if (this.#archive && (method === 'cancel' || method === 'status'))
        return serve(method, params);
      const answer = this.#called.then(() => serve(method, params));
      this.#called = answer;
      return answer;
    };
  }

  /** The other side is gone: what it was told is accepted gets written, what it marked is left. */
  async end(): Promise<void> {
    const archive = this.#archive;
    if (!archive) return;
    archive.mailbox.unmark([...archive.mailbox.pending.keys()]);
    await this.#flushAndEnd();
  }

  /** Writes what is pending, as Python's `close` does, and closes. */
  async #flushAndEnd(): Promise<void> {
    const archive = this.#archive;
    if (!archive) return;
    try {
      const { pending, additions } = archive.mailbox;
      if (pending.size > 0 || additions.length > 0) await archive.removing.flush('none');
    } finally {
      this.#archive = null;
      await archive.close();
    }
  }

  handlers(): Handlers<typeof terminalMethods> {
    return {
      open: (params) => this.#open(params),
      status: () => this.#current().status(),
      dialect: () => this.#current().dialect(),
      overrule: (asked) => {
        const archive = this.#current();
        return archive.reread((how, work) => how.overrule(archive.mailbox, asked, work));
      },
      readAs: (asked) => {
        const archive = this.#current();
        return archive.reread((how, work) => how.readAs(archive.mailbox, asked, work));
      },
      sync: () => this.#current().sync(),
      cancel: ({ task }) => ({ stopped: this.#current().tasks.stop(taskId(task)) }),
      keys: (params) => this.#keys(params),
      read: (asked) => this.#current().reading.view(key(asked.key), asked.charset),
      text: (asked) => this.#current().reading.text(key(asked.key), asked.charset),
      attachments: (asked) => this.#current().reading.attachments(key(asked.key)),
      part: async ({ key: of, part, from, length }) =>
        inBase64(await this.#current().reading.partBytes(key(of), part, from, length)),
      source: async ({ key: of, from, length }) =>
        inBase64(await this.#current().reading.source(key(of), from, length)),
      export: ({ keys, to, options }) => {
        const archive = this.#current();
        const all = () =>
          Array.from({ length: archive.count }, (_none, at) => archive.keyOf(messageNumber(at)));
        const place = { path: to, ifTaken: 'refuse' } as const;
        return archive.exporting.run({ keys: keys?.map(key) ?? all(), place, options });
      },
      strip: ({ keys, saveTo, ...wanted }) =>
        this.#current().stripping.run({
          keys: keys.map(key),
          wanted,
          saveTo: saveTo === null ? null : { path: saveTo, ifTaken: 'refuse' },
        }),
      get: async (params) => {
        const { stored, parts } = await this.#stored(key(params.key));
        const { format } = this.#current().mailbox;
        return { message: format.messageIn(stored, parts).toString('base64') };
      },
      getStored: async (params) => {
        const { stored } = await this.#stored(key(params.key));
        return { stored: stored.toString('base64') };
      },
      add: async ({ message, separatorLine }) => ({
        key: await this.#current().add(Buffer.from(message, 'base64'), separatorLine ?? null),
      }),
      replace: (params) => this.#replace(params),
      remove: (which) => this.#remove(which),
      unremove: (which) => this.#current().removing.unremove(this.#numbers(which)),
      undelete: async (which) => ({
        undeleted: await this.#current().removing.undelete(this.#numbers(which)),
      }),
      restore: async ({ from, keys }) => ({
        restored: await this.#current().removing.restoreFrom(from, keys?.map(key) ?? null),
      }),
      verify: () => this.#current().verify(),
      lock: async ({ limitMs }) => ({ locks: [...(await this.#current().lock(limitMs))] }),
      unlock: async () => {
        await this.#current().unlock();
        return {};
      },
      flush: ({ copyTo, flagged }) =>
        this.#current().removing.flush(
          copyTo === undefined ? 'none' : { path: copyTo },
          flagged ?? 'leave',
        ),
      close: async () => {
        await this.#flushAndEnd();
        return {};
      },
    };
  }

  async #open(params: Params<TerminalMethods, 'open'>): Promise<Status> {
    if (this.#archive) {
      const sentence = 'An archive is open already: call "close" first.';
      throw new MailboxError('MISUSE', { open: this.#archive.mailbox.path }, { sentence });
    }
    const archive = await Archive.open({
      path: params.path,
      access: params.readOnly ? 'read-only' : 'read-write',
      ...this.#folders,
      ...(params.format ? { format: params.format } : {}),
      ...(params.rule ? { rule: params.rule } : {}),
      ...(params.create ? { missing: 'create' } : {}),
    });
    this.#archive = archive;
    archive.listen((event) => this.#tell(event));
    await archive.read();
    archive.watch();
    return archive.status();
  }

  #current(): Archive {
    if (!this.#archive) {
      throw new MailboxError('MISUSE', {}, { sentence: 'No archive is open: call "open" first.' });
    }
    return this.#archive;
  }

  async #stored(of: Key): Promise<Pick<Addition, 'stored' | 'parts'>> {
    const archive = this.#current();
    const addition = archive.mailbox.addition(of);
    if (addition) return addition;
    const stored = await archive.stored(of);
    const number = archive.numberOf(of) ?? messageNumber(0);
    const parts = archive.mailbox.table.span(number);
    archive.seen.note(of, archive.mailbox.format.messageIn(stored, parts));
    return { stored, parts };
  }

  async #replace(
    params: Params<TerminalMethods, 'replace'>,
  ): Promise<Result<TerminalMethods, 'replace'>> {
    const { message, separatorLine } = params;
    const archive = this.#current();
    const bytes = Buffer.from(message, 'base64');
    const of = key(params.key);
    if (!archive.mailbox.addition(of)) {
      return { key: await archive.removing.replace(of, bytes, separatorLine ?? null) };
    }
    const anew = await archive.mailbox.accept(bytes, separatorLine ?? null);
    archive.mailbox.unaccept(of);
    return { key: anew };
  }

  /** What was accepted and is not written yet is taken back; the rest is marked. */
  async #remove(
    which: Params<TerminalMethods, 'remove'>,
  ): Promise<Result<TerminalMethods, 'remove'>> {
    const archive = this.#current();
    const { mailbox, removing } = archive;
    if (!('keys' in which)) return removing.remove(this.#numbers(which));
    const inFile = which.keys.filter((of) => !mailbox.addition(key(of)));
    const numbers = this.#numbers({ keys: inFile });
    for (const of of which.keys) mailbox.unaccept(key(of));
    return removing.remove(numbers);
  }

  #keys({ from = 0, count }: Params<TerminalMethods, 'keys'>): Result<TerminalMethods, 'keys'> {
    const archive = this.#current();
    const { pending } = archive.mailbox;
    const keys: Key[] = [];
    for (let number = 0; number < archive.count; number++) {
      const of = archive.keyOf(messageNumber(number));
      if (!pending.has(of)) keys.push(of);
    }
    keys.push(...archive.mailbox.additions.map((one) => one.key));
    const to = count === undefined ? keys.length : from + count;
    return { keys: keys.slice(from, to), total: keys.length };
  }

  #numbers(which: Params<TerminalMethods, 'remove'>): readonly MessageNumber[] {
    if (!('keys' in which))
      throw new MailboxError('MISUSE', { selected: 'a session on stdio has no list' });
    return which.keys.map((text) => {
      const number = this.#current().numberOf(key(text));
      if (number === null) throw new MailboxError('GONE', { key: text });
      return number;
    });
  }

  #tell(event: ArchiveEvent): void {
    const archive = this.#archive;
    if (!archive) return;
    if (event.event === 'progress') this.#notify({ notify: 'progress', params: event.progress });
    else if (event.event === 'lockWait')
      this.#notify({ notify: 'lockWait', params: event.lockWait });
    else if (event.event === 'conflict') {
      this.#notify({ notify: 'conflict', params: { conflicts: [...event.conflicts] } });
    } else if (event.event === 'changed' && event.diff !== null) {
      const list = { generation: 0, rows: archive.count, selected: { messages: 0, bytes: 0 } };
      this.#notify({
        notify: 'changed',
        params: { status: archive.status(), list, diff: event.diff },
      });
    }
  }
}
