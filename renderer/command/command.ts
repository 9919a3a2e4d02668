/**
 * What a person can do, once: buttons, menu, keys and the palette are all drawn from such objects.
 */

import type { AppStore, OpenArchive } from '../app/app-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { Status } from '../../shared/status.ts';
import { type PlainId, say } from '../../shared/language/say.ts';
import { engineText } from '../language/engine-text.ts';

const CHANGEABLE_STATES: ReadonlySet<Status['state']> = new Set(['scanning', 'ready']);

/** Where a command is carried out. */
export interface Context {
  readonly app: AppStore;
  readonly archive: OpenArchive | null;
  readonly store: ArchiveStore | null;
  readonly snapshot: Snapshot | null;
}

export interface Command {
  readonly name: string;
  readonly label: PlainId;
  /** The label where the moment has more to say, such as how many messages it concerns. */
  readonly labelNow?: (context: Context) => string;
  /** As in `keys.ts`: `Ctrl+O`, `j`, `Shift+ArrowDown`. The first one is shown. */
  readonly keys: readonly string[];
  /** False where it makes no sense; then it is shown disabled, with `why` if there is one. */
  readonly when: (context: Context) => boolean;
  readonly why?: PlainId;
  /** Whether it changes the archive; where that cannot be changed, the archive says why. */
  readonly changes?: 'archive';
  readonly run: (context: Context) => void;
}

/** Why a command makes no sense at this moment; empty if it does, or nothing is to be said. */
export function whyNot(command: Command, context: Context): string {
  if (command.when(context)) return '';
  const readOnly = context.snapshot?.status?.readOnly ?? '';
  if (command.changes && readOnly !== '') return engineText(readOnly);
  return command.why ? say(command.why) : '';
}

/** The context at this moment: only what is shown can be acted on. */
export function contextOf(app: AppStore): Context {
  const archive = app.snapshot().screen === 'archive' ? app.active : null;
  const store = archive?.store ?? null;
  return { app, archive, store, snapshot: store?.snapshot() ?? null };
}

/**
 * Whether messages may be chosen for a change: unless the archive is known to be read-only. A key can come
 * before the archive has told how it is, or while it is being read; the engine waits for that, or says why not.
 */
export function changeable({ snapshot }: Context): boolean {
  const status = snapshot?.status;
  return !status || (status.readOnly === '' && CHANGEABLE_STATES.has(status.state));
}

/** Whether the archive can be changed now. */
export function writable({ snapshot }: Context): boolean {
  const status = snapshot?.status;
  return status != null && status.readOnly === '' && status.state === 'ready';
}
