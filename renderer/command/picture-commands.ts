/** Commands on an archive as a whole: what is in it, what is in it twice, and all that is listed. */

import { isPart } from '../engine/archive-picture.ts';
import { focusOnList } from '../list/list-element.ts';
import { type Command, type Context, writable } from './command.ts';

const hasPane = ({ store }: Context): boolean => store !== null;

/** True if the list shows every copy of a message: all of them would go. */
const showsAllCopies = ({ snapshot }: Context): boolean =>
  snapshot?.arrangement.narrowed?.some((one) => one.by === 'duplicates' && one.which === 'all') ??
  false;

function canDeleteListed(context: Context): boolean {
  const { snapshot } = context;
  if (!writable(context) || !snapshot || snapshot.arranging || showsAllCopies(context))
    return false;
  const { listAmount } = snapshot;
  if (!listAmount || !isPart(snapshot.arrangement)) return false;
  return listAmount.all.messages > listAmount.marked.messages;
}

export const pictureCommands: readonly Command[] = [
  {
    name: 'overview',
    label: 'command.overview',
    keys: ['o'],
    when: hasPane,
    run: ({ store, snapshot }) =>
      store?.picture.show(snapshot?.pane === 'overview' ? 'list' : 'overview'),
  },
  {
    name: 'duplicates',
    label: 'command.duplicates',
    keys: [],
    when: hasPane,
    run: ({ store, snapshot }) =>
      store?.picture.show(snapshot?.pane === 'duplicates' ? 'list' : 'duplicates'),
  },
  {
    name: 'show-list',
    label: 'command.show-list',
    keys: [],
    when: hasPane,
    run: ({ store }) => {
      store?.picture.show('list');
      focusOnList();
    },
  },
  {
    name: 'delete-listed',
    label: 'command.delete-listed',
    changes: 'archive',
    keys: [],
    when: canDeleteListed,
    why: 'why.nothingToMark',
    run: ({ store }) => void store?.picture.removeListed(),
  },
  {
    name: 'show-all',
    label: 'command.show-all',
    keys: [],
    when: ({ snapshot }) => snapshot !== null && isPart(snapshot.arrangement),
    run: ({ store }) => store?.arrange({ view: 'all', query: '', narrowed: [] }),
  },
];
