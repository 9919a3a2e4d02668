/**
 * Commands of a list by threads, with the keys that tree grids have (ARIA Authoring Practices, "Treegrid
 * Pattern"): Right expands or goes to the first answer, Left collapses or goes to what was answered.
 */

import type { ThreadPlace } from '../../shared/row.ts';
import { isListFocused } from '../list/list-element.ts';
import { type Command, type Context, writable } from './command.ts';
import { say } from '../../shared/language/say.ts';

export const showsThreads = ({ snapshot }: Context): boolean =>
  snapshot?.arrangement.threads === 'on';

/** Where the current message stands in its thread. */
function currentPlace({ store, snapshot }: Context): ThreadPlace | null {
  if (
    snapshot?.pane !== 'list' ||
    snapshot.current == null ||
    !showsThreads({ store, snapshot } as Context)
  )
    return null;
  return store?.row(snapshot.current)?.thread ?? null;
}

const isCurrent = (context: Context): boolean => currentPlace(context) !== null;
const isInThread = (context: Context): boolean => (currentPlace(context)?.size ?? 0) > 1;
const withSize =
  (label: 'command.select-thread-of' | 'command.delete-thread-of') =>
  (context: Context): string =>
    say(label, { messages: currentPlace(context)?.size ?? 0 });

function go(context: Context, by: number): void {
  context.store?.go((context.snapshot?.current ?? 0) + by, 'only');
}

function foldCurrent(
  context: Context,
  fold: 'collapse' | 'expand',
  reach: 'message' | 'thread',
): void {
  const { store, snapshot } = context;
  const key = snapshot?.current == null ? undefined : store?.row(snapshot.current)?.key;
  if (key === undefined) return;
  void store?.fold(reach === 'message' ? { fold, message: key } : { fold, thread: key });
}

export const threadCommands: readonly Command[] = [
  {
    name: 'threads',
    label: 'command.threads',
    keys: ['t'],
    when: ({ store }) => store !== null,
    run: (context) => {
      const threads = showsThreads(context) ? 'off' : 'on';
      context.app.reader.seeThreads(threads);
      context.store?.arrange({ threads });
    },
  },
  {
    name: 'unfold',
    label: 'command.unfold',
    keys: ['ArrowRight'],
    when: (context) => isCurrent(context) && isListFocused(),
    run: (context) => {
      const place = currentPlace(context);
      if (place?.state === 'collapsed') foldCurrent(context, 'expand', 'message');
      else if (place?.state === 'expanded') go(context, 1);
    },
  },
  {
    name: 'fold',
    label: 'command.fold',
    keys: ['ArrowLeft'],
    when: (context) => isCurrent(context) && isListFocused(),
    run: (context) => {
      const place = currentPlace(context);
      if (place?.state === 'expanded') foldCurrent(context, 'collapse', 'message');
      else if (place && place.up > 0) go(context, -place.up);
    },
  },
  {
    name: 'unfold-thread',
    label: 'command.unfold-thread',
    keys: ['Shift+ArrowRight', '*'],
    when: (context) => isInThread(context) && isListFocused(),
    run: (context) => foldCurrent(context, 'expand', 'thread'),
  },
  {
    name: 'fold-thread',
    label: 'command.fold-thread',
    keys: ['Shift+ArrowLeft'],
    when: (context) => isInThread(context) && isListFocused(),
    run: (context) => foldCurrent(context, 'collapse', 'thread'),
  },
  {
    name: 'unfold-all',
    label: 'command.unfold-all',
    keys: [],
    when: showsThreads,
    run: ({ store }) => void store?.fold({ fold: 'expand', list: 'all' }),
  },
  {
    name: 'fold-all',
    label: 'command.fold-all',
    keys: [],
    when: showsThreads,
    run: ({ store }) => void store?.fold({ fold: 'collapse', list: 'all' }),
  },
  {
    name: 'select-thread',
    label: 'command.select-thread',
    labelNow: withSize('command.select-thread-of'),
    keys: ['T'],
    when: isInThread,
    run: ({ store }) => store?.selectThread(),
  },
  {
    name: 'delete-thread',
    label: 'command.delete-thread',
    labelNow: withSize('command.delete-thread-of'),
    keys: ['D'],
    when: (context) => writable(context) && isInThread(context),
    run: ({ store }) => void store?.removeThread(),
  },
];
