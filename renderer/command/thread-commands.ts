/**
 * Commands of a list by threads, with the keys that tree grids have (ARIA Authoring Practices, "Treegrid
 * Pattern"): Right expands or goes to the first answer, Left collapses or goes to what was answered.
 */

import type { ThreadPlace } from '../../shared/row.ts';
import { formatCount } from '../design/format.ts';
import { isListFocused } from '../list/list-element.ts';
import { type Command, type Context, writable } from './command.ts';

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
  (label: string) =>
  (context: Context): string =>
    `${label} (${formatCount(currentPlace(context)?.size ?? 0, 'message')})`;

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
    label: 'Threads',
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
    label: 'Expand, or go to the first answer',
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
    label: 'Collapse, or go to what was answered',
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
    label: 'Expand the whole thread',
    keys: ['Shift+ArrowRight', '*'],
    when: (context) => isInThread(context) && isListFocused(),
    run: (context) => foldCurrent(context, 'expand', 'thread'),
  },
  {
    name: 'fold-thread',
    label: 'Collapse the whole thread',
    keys: ['Shift+ArrowLeft'],
    when: (context) => isInThread(context) && isListFocused(),
    run: (context) => foldCurrent(context, 'collapse', 'thread'),
  },
  {
    name: 'unfold-all',
    label: 'Expand all',
    keys: [],
    when: showsThreads,
    run: ({ store }) => void store?.fold({ fold: 'expand', list: 'all' }),
  },
  {
    name: 'fold-all',
    label: 'Collapse all',
    keys: [],
    when: showsThreads,
    run: ({ store }) => void store?.fold({ fold: 'collapse', list: 'all' }),
  },
  {
    name: 'select-thread',
    label: 'Select thread',
    labelNow: withSize('Select thread'),
    keys: ['T'],
    when: isInThread,
    run: ({ store }) => store?.selectThread(),
  },
  {
    name: 'delete-thread',
    label: 'Delete thread',
    labelNow: withSize('Delete thread'),
    keys: ['D'],
    when: (context) => writable(context) && isInThread(context),
    run: ({ store }) => void store?.removeThread(),
  },
];
