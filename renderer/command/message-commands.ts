/** Commands on messages: delete, undelete, undo, select, open. */

import { focusOnList } from '../list/list-element.ts';
import { focusOn } from './archive-commands.ts';
import { type Command, changeable, type Context, writable } from './command.ts';

/** Or about to be: a key may follow a click before the engine has answered it. */
export const somethingSelected = ({ snapshot }: Context): boolean =>
  // What is not seen is not acted upon.
  snapshot?.pane === 'list' && (snapshot.list.selected.messages > 0 || snapshot.pending.length > 0);

export const messageCommands: readonly Command[] = [
  {
    name: 'delete',
    label: 'command.delete',
    changes: 'archive',
    keys: ['Delete'],
    when: (context) => changeable(context) && somethingSelected(context),
    why: 'why.noneSelected',
    run: ({ store }) => void store?.remove(),
  },
  {
    name: 'undelete',
    label: 'command.undelete',
    changes: 'archive',
    keys: ['u'],
    when: (context) => changeable(context) && somethingSelected(context),
    why: 'why.noneSelected',
    run: ({ store }) => void store?.undelete(),
  },
  {
    name: 'undo',
    label: 'command.undo',
    keys: ['Ctrl+Z'],
    when: ({ snapshot }) => snapshot?.status?.undoable === true,
    run: ({ store }) => void store?.undo(),
  },
  {
    name: 'undo-compaction',
    label: 'command.undo-compaction',
    changes: 'archive',
    keys: [],
    when: (context) => writable(context) && (context.snapshot?.status?.kept.copies ?? 0) > 0,
    why: 'why.noneKept',
    run: ({ store }) => void store?.undoCompaction(),
  },
  {
    name: 'select-all',
    label: 'command.select-all',
    keys: ['Ctrl+A'],
    when: ({ store }) => store !== null,
    run: ({ store }) => store?.selectAll(),
  },
  {
    name: 'read',
    label: 'command.read',
    keys: ['Enter'],
    when: ({ snapshot }) => snapshot?.current != null,
    run: () => focusOn('.reader'),
  },
  {
    name: 'back',
    label: 'command.back',
    keys: ['Escape'],
    when: ({ store }) => store !== null,
    run: ({ store, snapshot }) => {
      if (snapshot?.pane !== 'list') store?.picture.show('list');
      focusOnList();
    },
  },
];
