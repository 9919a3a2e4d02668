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
import type { Status } from '../../shared/status.ts';
import { type Key, key, type MessageNumber, messageNumber, taskId } from '../../shared/units.ts';
import { Archive } from './archive.ts';
import type { ArchiveEvent } from './archive-request.ts';
import { messageOf } from './message-bytes.ts';
import type { Handlers } from './serve.ts';

/** Where things outside the archive are kept. */
export interface Folders {
  readonly journalFolder: string;
  readonly copyFolder: string;
}

export class TerminalSession {
  readonly #folders: Folders;
  readonly #notify: (note: Notification) => void;
  #archive: Archive | null = null;

  constructor(folders: Folders, notify: (note: Notification) => void) {
    this.#folders = folders;
    this.#notify = notify;
  }

  async end(): Promise<void> {
    await this.#archive?.close();
    this.#archive = null;
  }

  handlers(): Handlers<typeof terminalMethods> {
    return {
      open: (params) => this.#open(params),
      status: () => this.#current().status(),
      dialect: () => this.#current().dialect(),
      sync: () => this.#current().sync(),
      cancel: ({ task }) => ({ stopped: this.#current().tasks.stop(taskId(task)) }),
      keys: (params) => this.#keys(params),
      get: async (params) => {
        const archive = this.#current();
        const stored = await archive.stored(key(params.key));
        const number = archive.numberOf(key(params.key)) ?? messageNumber(0);
        const { separatorLength } = archive.mailbox.table.span(number);
        return { message: messageOf(stored, separatorLength).toString('base64') };
      },
      getStored: async (params) => {
        const stored = await this.#current().stored(key(params.key));
        return { stored: stored.toString('base64') };
      },
      add: async ({ message, separatorLine }) => ({
        key: await this.#current().append(Buffer.from(message, 'base64'), separatorLine ?? null),
      }),
      remove: (which) => this.#current().remove(this.#numbers(which)),
      unremove: (which) => this.#current().unremove(this.#numbers(which)),
      lock: async ({ limitMs }) => ({ locks: [...(await this.#current().lock(limitMs))] }),
      unlock: async () => {
        await this.#current().unlock();
        return {};
      },
      flush: ({ copyTo }) =>
        this.#current().flush(copyTo === undefined ? 'none' : { path: copyTo }),
      close: async () => {
        await this.end();
        return {};
      },
    };
  }

  async #open(params: Params<TerminalMethods, 'open'>): Promise<Status> {
    if (this.#archive) throw new MailboxError('MISUSE', { open: this.#archive.mailbox.path });
    const archive = await Archive.open({
      path: params.path,
      access: params.readOnly ? 'read-only' : 'read-write',
      ...this.#folders,
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

  #keys({ from = 0, count }: Params<TerminalMethods, 'keys'>): Result<TerminalMethods, 'keys'> {
    const archive = this.#current();
    const { pending } = archive.mailbox;
    const keys: Key[] = [];
    for (let number = 0; number < archive.count; number++) {
      const of = archive.keyOf(messageNumber(number));
      if (!pending.has(of)) keys.push(of);
    }
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
