/** What every command of the terminal program is given, and opening an archive for it. */

import os from 'node:os';
import path from 'node:path';
import { homeFolderOf } from '../../shared/home-folder.ts';
import { Archive } from '../engine/archive/archive.ts';
import type { ArchiveRequest } from '../engine/archive/archive-request.ts';
import type { Folders } from '../engine/terminal-session.ts';
import { cacheFolderOf } from '../../shared/cache-folder.ts';
import { RULES, type Rule } from '../../shared/dialect-report.ts';
import { MailboxError } from '../../shared/errors.ts';
import { stateFolderOf } from '../../shared/state-folder.ts';
import { type Key, key, type MessageNumber } from '../../shared/units.ts';
import { type Print, printWaiting } from './print.ts';

/** The words behind a command, parsed. */
export interface Words {
  readonly file: string;
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface Command {
  readonly name: string;
  /** What may stand behind the name besides options; anything else is misuse, never ignored. */
  readonly takes: 'nothing' | 'file' | 'file and words';
  /** The words behind the name, for the usage text. */
  readonly usage: string;
  readonly summary: string;
  /** Options besides `--json`: those that take a value, and those that do not. */
  readonly options: Readonly<Record<string, 'value' | 'flag'>>;
  /** What a word with one minus in front is, other than `-h`: an option, if nothing is said. */
  readonly minus?: 'part of a query';
  readonly run: (words: Words, print: Print) => Promise<void>;
}

const homeFolder = (): string => homeFolderOf(os.homedir(), { ...path, ...os });

/** Where the terminal program keeps journals and copies that cannot stand beside their archive. */
export function stateFolder(): string {
  return path.normalize(stateFolderOf(process.platform, process.env, homeFolder()));
}

const cacheFolder = (): string =>
  path.normalize(cacheFolderOf(process.platform, process.env, homeFolder()));

export const folders = (): Folders => ({
  journalFolder: path.join(stateFolder(), 'journals'),
  readingFolder: path.join(stateFolder(), 'readings'),
  copyFolder: path.join(stateFolder(), 'removed'),
  // Beside the terminal program itself, into which this is built.
  workerScript: path.join(import.meta.dirname, 'envelope-worker.js'),
  catalogFolder: path.join(cacheFolder(), 'catalogs'),
  expanding: {
    folder: path.join(cacheFolder(), 'expanded'),
    script: path.join(import.meta.dirname, 'expanding-worker.js'),
    limit: 'usual',
  },
  textScript: path.join(import.meta.dirname, 'text-worker.js'),
});

/** Misuse of the terminal program. */
export const usageError = (sentence: string): MailboxError =>
  new MailboxError('MISUSE', {}, { sentence });

/** The rule that `--rule` names, for this run only. */
export function ruleOption({ options }: Words): { readonly rule?: Rule } {
  const given = options['rule'];
  if (given === undefined) return {};
  const rule = RULES.find((known) => known === given);
  if (!rule) throw usageError(`--rule takes one of ${RULES.join(', ')}, not "${given}"`);
  return { rule };
}

/** By which a person or the system asks a program to end. */
export const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that leaves things in order when it is asked to end: what can be stopped is stopped,
 * and what cannot is finished. Asked the same once more, the program ends at once.
 * @throws CANCELLED if it was stopped
 */
export async function stoppable<Value>(
  archive: Archive,
  work: () => Promise<Value>,
): Promise<Value> {
  const stop = (): void => archive.tasks.end();
  for (const signal of ENDING) process.once(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of ENDING) process.off(signal, stop);
  }
}

/**
 * Opens an archive, reads it whole, hands it to `work`, and closes it.
 * @throws INCOMPLETE after `work` if a compressed archive could not be expanded to its end
 */
export async function withArchive<Value>(
  file: string,
  options: Pick<ArchiveRequest, 'access'> &
    Partial<Pick<ArchiveRequest, 'missing' | 'rule' | 'catalogFolder'>>,
  work: (archive: Archive) => Promise<Value>,
): Promise<Value> {
  const archive = await Archive.open({ path: file, ...folders(), ...options });
  try {
    await archive.read();
    // A session would compare the rest in the background; here nobody would see the correction.
    if (!archive.verified) await archive.verify();
    if (archive.mailbox.state !== 'ready') throw new MailboxError('IO', { path: file });
    const act = (): Promise<Value> => work(archive);
    let holder: string | null = null;
    archive.listen((event) => {
      if (event.event !== 'lockWait' || event.lockWait.over) return;
      if (event.lockWait.holder !== holder) printWaiting(event.lockWait.holder);
      holder = event.lockWait.holder;
    });
    const value = await (options.access === 'read-write' ? stoppable(archive, act) : act());
    const incomplete = archive.mailbox.expansion?.packed.incomplete ?? '';
    if (incomplete === '') return value;
    throw new MailboxError('INCOMPLETE', { path: file }, { sentence: incomplete });
  } finally {
    await archive.close();
  }
}

/**
 * The same, with the locks held from before a last look until the end. Nothing is printed meanwhile:
 * a reader that goes away ends the program.
 */
export function withLockedArchive<Value>(
  file: string,
  work: (archive: Archive) => Promise<Value>,
): Promise<Value> {
  return withArchive(file, { access: 'read-write' }, async (archive) => {
    await archive.lock();
    try {
      await archive.sync();
      return await work(archive);
    } finally {
      await archive.unlock();
    }
  });
}

/** The message a key on the command line names. @throws GONE */
export function numberNamed(archive: Archive, text: string): MessageNumber {
  const number = archive.numberOf(key(text));
  if (number === null) throw new MailboxError('GONE', { key: text });
  return number;
}

export const keyNamed = (text: string): Key => key(text);
