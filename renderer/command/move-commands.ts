/** Moving through the list by keyboard. */

import { pageRows } from '../list/list-element.ts';
import type { Command, Context } from './command.ts';

type Where = (context: Context) => number;

const current = ({ snapshot }: Context): number => snapshot?.current ?? -1;
const last = ({ snapshot }: Context): number => (snapshot?.list.rows ?? 0) - 1;

function move(name: string, label: string, keys: readonly string[], where: Where): Command[] {
  const when = ({ snapshot }: Context): boolean =>
    snapshot?.pane === 'list' && snapshot.list.rows > 0;
  return [
    {
      name,
      label,
      keys,
      when,
      run: (context) => context.store?.go(where(context), 'only'),
    },
    {
      name: `${name}-extending`,
      label: `${label}, extending the selection`,
      keys: keys.filter((key) => key.length > 1).map((key) => `Shift+${key}`),
      when,
      run: (context) => context.store?.go(where(context), 'extend'),
    },
  ];
}

export const moveCommands: readonly Command[] = [
  ...move('next', 'Next message', ['ArrowDown', 'j'], (context) => current(context) + 1),
  ...move('previous', 'Previous message', ['ArrowUp', 'k'], (context) =>
    Math.max(0, current(context) - 1),
  ),
  ...move('page-down', 'A page down', ['PageDown'], (context) => current(context) + pageRows()),
  ...move('page-up', 'A page up', ['PageUp'], (context) =>
    Math.max(0, current(context) - pageRows()),
  ),
  ...move('first', 'First message', ['Home'], () => 0),
  ...move('last', 'Last message', ['End'], last),
];
