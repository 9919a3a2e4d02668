/**
 * One archive searched by an engine of its own, which is lent for it and given back: what fits first, how
 * much there is, and whose texts have not been read.
 */

import { fromAnswer } from '../../shared/answer.ts';
import type { Bridge } from '../../shared/bridge.ts';
import type { ListState } from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import type { SearchAnswer } from '../../shared/search-answer.ts';
import type { Status } from '../../shared/status.ts';
import { type ArchiveId, archiveId } from '../../shared/units.ts';
import { Connection } from '../engine/connection.ts';
import { say } from '../../shared/language/say.ts';
import { engineText } from '../language/engine-text.ts';

/** Of one archive no more messages are shown; all of them are when it is opened. */
export const ROWS_MAX = 100;
/** A list that changes while it is asked for is asked again so often. */
const TRIES_MAX = 5;

export interface FoundHere {
  readonly messages: number;
  /** The newest of them. */
  readonly rows: readonly Row[];
  readonly answer: SearchAnswer | null;
  /** Why this is not all of the archive, for a person; empty if it is. */
  readonly partly: string;
}

/** How far an archive has been read, from 0 to 1. */
export type Told = (share: number) => void;

let loans = 0;

/** Ports that arrive for what was lent. */
export class Loans {
  readonly #waiting = new Map<ArchiveId, (port: MessagePort) => void>();

  /** @returns false if nobody waits for it */
  arrived(loan: ArchiveId, port: MessagePort): boolean {
    const take = this.#waiting.get(loan);
    take?.(port);
    return take !== undefined;
  }

  /** The next port of this name. */
  async port(loan: ArchiveId, asked: Promise<unknown>): Promise<MessagePort> {
    const arriving = new Promise<MessagePort>((resolve) => this.#waiting.set(loan, resolve));
    try {
      await asked;
      return await arriving;
    } finally {
      this.#waiting.delete(loan);
    }
  }
}

export interface SearchWanted {
  readonly path: string;
  readonly query: string;
  /** `read`: texts that no index knows are read, however long that takes. */
  readonly texts: 'read' | 'known';
}

/** @throws whatever the engine answers; CANCELLED when `signal` says so */
export async function searchArchive(
  { bridge, ports }: { readonly bridge: Bridge; readonly ports: Loans },
  { path, query, texts }: SearchWanted,
  told: Told,
  signal: AbortSignal,
): Promise<FoundHere> {
  loans += 1;
  const loan = archiveId(`loan-${loans}`);
  let connection: Connection | null = null;
  const stop = (): void => {
    connection?.close();
    void bridge.giveBackEngine(loan);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const asked = bridge.lendEngine(path, loan).then(fromAnswer);
    connection = new Connection(await ports.port(loan, orStopped(asked, signal)));
    const status = await readThrough(connection, told, signal);
    let list = await connection.call('arrange', {
      view: 'all',
      sort: 'date',
      direction: 'descending',
      query,
    });
    if (texts === 'read') list = await connection.call('searchRest', {});
    const rows = await rowsOf(connection, list);
    const partly =
      status.state === 'ready'
        ? engineText(status.packed?.incomplete ?? '')
        : say('everywhere.notToItsEnd');
    return { messages: rows.list.rows, rows: rows.rows, answer: list.search ?? null, partly };
  } catch (error) {
    throw signal.aborted ? new MailboxError('CANCELLED', { path }) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    connection?.close();
    await bridge.giveBackEngine(loan);
  }
}

function orStopped<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => reject(new MailboxError('CANCELLED'));
    if (signal.aborted) stopped();
    signal.addEventListener('abort', stopped, { once: true });
    work.then(resolve, reject);
  });
}

/** Waits until the archive and its headers have been read. */
async function readThrough(
  connection: Connection,
  told: Told,
  signal: AbortSignal,
): Promise<Status> {
  let status: Status | null = null;
  const done = new Promise<Status>((resolve) => {
    const look = (now: Status): void => {
      status = now;
      told(now.bytes > 0 ? Math.min(1, now.scannedBytes / now.bytes) : 1);
      const isRead = now.state !== 'scanning' && now.envelopes >= now.messages;
      if (isRead || now.state === 'stopped' || now.state === 'vanished') resolve(now);
    };
    connection.listen((note) => {
      if (note.notify === 'changed') look(note.params.status);
      else if (note.notify === 'progress' && note.params.kind === 'search') {
        told(note.params.total > 0 ? note.params.done / note.params.total : 1);
      }
    });
    void connection.call('status', {}).then(
      (now) => status ?? look(now),
      () => undefined,
    );
  });
  return orStopped(done, signal);
}

async function rowsOf(
  connection: Connection,
  list: ListState,
): Promise<{ readonly list: ListState; readonly rows: readonly Row[] }> {
  let current = list;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const { generation } = current;
    const answer = await connection.call('rows', { generation, from: 0, count: ROWS_MAX });
    if (answer.list.generation === generation) return answer;
    current = answer.list;
  }
  return { list: current, rows: [] };
}
