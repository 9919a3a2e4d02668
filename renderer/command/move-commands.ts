/** Moving through the list by keyboard. */

import { pageRows } from '../list/list-element.ts';
import type { Command, Context } from './command.ts';

type Where = (context: Context) => number;

const current = ({ snapshot }: Context): number => snapshot?.current ?? -1;
const last = ({ snapshot }: Context): number => (snapshot?.list.rows ?? 0) - 1;

type MoveName = 'next' | 'previous' | 'page-down' | 'page-up' | 'first' | 'last';

function move(name: MoveName, keys: readonly string[], where: Where): Command[] {
  const when = ({ snapshot }: Context): boolean =>
    snapshot?.pane === 'list' && snapshot.list.rows > 0;
  return [
    {
      name,
      label: `command.${name}`,
      keys,
      when,
      run: (context) => context.store?.go(where(context), 'only'),
    },
    {
      name: `${name}-extending`,
      label: `command.${name}-extending`,
      keys: keys.filter((key) => key.length > 1).map((key) => `Shift+${key}`),
      when,
      run: (context) => context.store?.go(where(context), 'extend'),
    },
  ];
}

export const moveCommands: readonly Command[] = [
  ...move('next', ['ArrowDown', 'j'], (context) => current(context) + 1),
  ...move('previous', ['ArrowUp', 'k'], (context) => Math.max(0, current(context) - 1)),
  ...move('page-down', ['PageDown'], (context) => current(context) + pageRows()),
  ...move('page-up', ['PageUp'], (context) => Math.max(0, current(context) - pageRows())),
  ...move('first', ['Home'], () => 0),
  ...move('last', ['End'], last),
];
