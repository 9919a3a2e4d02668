/**
 * Goal: the library is a tree as a person knows it from their mail program, and keys do in it what they do
 * in every tree.
 * Method: places with archives are laid out, drawn as lines and compared; keys are pressed one by one.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveOf } from '../../../../renderer/library/tree-keys.ts';
import { rowsOf, type TreeNode, treeOf } from '../../../../renderer/library/tree.ts';
import type { FoundArchive } from '../../../../shared/found-archive.ts';
import type { LibraryPlace } from '../../../../shared/library.ts';

function archive(where: string): FoundArchive {
  const place = where.split(' > ');
  const name = place.pop() ?? '';
  const path = `/mail/${[...place, name].join('/')}.mbox`;
  return { path, name, place, format: 'mbox', packing: null, bytes: 100, messages: null };
}

function placeOf(archives: readonly FoundArchive[]): LibraryPlace {
  const found = { looked: 1, archives: [...archives], omitted: [] };
  const now = { looking: null, gone: [], error: null };
  return { path: '/mail', name: 'mail', kind: 'folder', ...found, ...now };
}

const rows = (archives: readonly FoundArchive[], collapsed: readonly string[] = []) =>
  rowsOf(treeOf([placeOf(archives)]), ({ label }: TreeNode) => collapsed.includes(label));

/** A line a row, indented; `*` for archives. */
const drawn = (...where: readonly string[]): readonly string[] =>
  rows(where.map(archive)).map(
    ({ node, level }) => `${'  '.repeat(level - 1)}${node.label}${node.archive ? ' *' : ''}`,
  );

describe('the tree', () => {
  it('shows what is below a folder of Thunderbird below it', () => {
    expect(
      drawn(
        'Local Folders > Trash',
        'Local Folders > Inbox > Projects',
        'Local Folders > Inbox',
        'Local Folders > Archives 10',
        'Local Folders > Archives 9',
        'ann@example.org > INBOX',
      ),
    ).toEqual([
      'mail',
      '  ann@example.org',
      '    INBOX *',
      '  Local Folders',
      '    Inbox *',
      '      Projects *',
      '    Archives 9 *',
      '    Archives 10 *',
      '    Trash *',
    ]);
  });

  it('gives folders that hold nothing but each other one line', () => {
    expect(drawn('Takeout > Mail > All', 'Takeout > Mail > Sent')).toEqual([
      'mail',
      '  All *',
      '  Sent *',
    ]);
    expect(drawn('a > b > c > one', 'two')).toEqual([
      'mail',
      '  a › b › c',
      '    one *',
      '  two *',
    ]);
  });

  it('tells archives of one name apart', () => {
    const [one, other] = [archive('old'), { ...archive('old'), path: '/mail/old.mbox.gz' }];
    expect(rows([one, other]).map(({ node }) => node.label)).toEqual([
      'mail',
      'old.mbox',
      'old.mbox.gz',
    ]);
  });

  it('shows every archive exactly once, whatever they are called', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 2 });
    const some = fc.array(fc.record({ place: fc.array(name, { maxLength: 4 }), name }));
    fc.assert(
      fc.property(some, (drawnOnes) => {
        const archives = drawnOnes.map((one, at) => ({ ...archive(''), ...one, path: `/${at}` }));
        const all = rows(archives);
        const shown = all.flatMap(({ node }) => node.archive?.path ?? []);
        expect(shown.sort()).toEqual(archives.map(({ path }) => path).sort());
        expect(new Set(all.map(({ node }) => node.id)).size).toBe(all.length);
      }),
    );
  });
});

describe('keys', () => {
  const some = ['Inbox', 'Inbox > Projects', 'Inbox > Papers', 'Trash'].map(archive);

  function press(
    key: string,
    from: string,
    typed = key,
    collapsed: readonly string[] = [],
  ): string {
    const all = rows(some, collapsed);
    const index = all.findIndex(({ node }) => node.label === from);
    const move = moveOf(key, all, index, 3, typed);
    if (!move) return 'none';
    const label = all[move.index]?.node.label ?? '';
    return move.move === 'to' ? label : `${move.move} ${label}`;
  }

  it('move, expand and collapse', () => {
    expect(press('ArrowDown', 'Inbox')).toBe('Papers');
    expect(press('ArrowUp', 'mail')).toBe('mail');
    expect(press('End', 'mail')).toBe('Trash');
    expect(press('Home', 'Trash')).toBe('mail');
    expect(press('ArrowRight', 'Inbox')).toBe('Papers');
    expect(press('ArrowRight', 'Inbox', '', ['Inbox'])).toBe('expand Inbox');
    expect(press('ArrowRight', 'Trash')).toBe('Trash');
    expect(press('ArrowLeft', 'Inbox')).toBe('collapse Inbox');
    expect(press('ArrowLeft', 'Papers')).toBe('Inbox');
    expect(press('ArrowLeft', 'mail', '', ['mail'])).toBe('mail');
    expect(press('Enter', 'Papers')).toBe('choose Papers');
    expect(press('Escape', 'Papers')).toBe('none');
  });

  it('go to what begins with the letters that were typed', () => {
    expect(press('p', 'Inbox')).toBe('Papers');
    expect(press('p', 'Papers', 'pp')).toBe('Projects');
    expect(press('r', 'Papers', 'pr')).toBe('Projects');
    expect(press('i', 'Trash')).toBe('Inbox');
    expect(press('x', 'Trash')).toBe('Trash');
  });
});
