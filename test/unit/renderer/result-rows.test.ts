/** Results of a search over many archives: grouped, a few of each at first, and every archive searched once. */

import { describe, expect, it } from 'vitest';
import type { OpenArchive } from '../../../renderer/app/app-store.ts';
import type { Searched } from '../../../renderer/everywhere/everywhere-store.ts';
import { byDate, groupsOf, indexOf, nameOf } from '../../../renderer/everywhere/result-rows.ts';
import { targetsOf } from '../../../renderer/everywhere/targets.ts';
import type { FoundArchive } from '../../../shared/found-archive.ts';
import type { KeptPlace, LibraryPlace } from '../../../shared/library.ts';
import type { Row } from '../../../shared/row.ts';
import { archiveId } from '../../../shared/units.ts';

const FLAGS = { read: true, answered: false, starred: false, draft: false, deleted: false };

function row(at: number): Row {
  const people = { from: 'ann', to: 'us', subject: `${at}` };
  const state = { attachment: false, flags: FLAGS, marked: false, selected: false };
  return { key: `${at}`, position: at, date: null, bytes: 1, ...people, ...state };
}

/** An archive in which so many messages were found, of which so many came. */
function searched(path: string, messages: number, came: number): Searched {
  const rows = Array.from({ length: came }, (_none, at) => row(at));
  const found = { messages, rows, answer: null, partly: '' };
  return { path, name: path, place: [], state: 'done', share: 1, found, error: null };
}

describe('groups', () => {
  const all = [searched('a', 3, 3), searched('b', 0, 0), searched('c', 250, 100)];
  const kinds = (expanded: readonly string[]) =>
    groupsOf(all, (path) => expanded.includes(path)).map(({ archive, rows }) => {
      const last = rows.at(-1);
      const more = last && last.kind !== 'message' ? `, ${last.kind} ${last.messages}` : '';
      return `${archive.path}: ${rows.filter(({ kind }) => kind === 'message').length}${more}`;
    });

  it('show a few of each archive, then all that came, then lead to the archive', () => {
    expect(kinds([])).toEqual(['a: 3', 'c: 5, more 95']);
    expect(kinds(['c'])).toEqual(['a: 3', 'c: 100, all 250']);
  });
});

describe('by date', () => {
  /** An archive in which so many messages were found, of which those of some days came. */
  function dated(path: string, messages: number, days: readonly (number | null)[]): Searched {
    const rows = days.map((date, at) => ({ ...row(at), date }));
    const found = { messages, rows, answer: null, partly: '' };
    return { path, name: path, place: [], state: 'done', share: 1, found, error: null };
  }
  const seen = (archives: readonly Searched[], most = 100) =>
    byDate(archives, most).map((one) => {
      if (one.kind === 'message') return `${one.archive.path} ${one.row.date}`;
      return one.kind === 'later' ? `${one.messages} later` : `${one.kind} of ${one.archive.path}`;
    });

  it('all archives stand in one order, the newest first, what has no date last', () => {
    const all = [dated('a', 4, [9, 5, 1, null]), dated('b', 2, [7, 1]), dated('c', 0, [])];
    expect(seen(all)).toEqual(['a 9', 'b 7', 'a 5', 'a 1', 'b 1', 'a null']);
  });

  it('where an archive has more than came, the way there stands where they would be', () => {
    const all = [dated('a', 250, [9, 6]), dated('b', 3, [8, 7, 2])];
    expect(seen(all)).toEqual(['a 9', 'b 8', 'b 7', 'a 6', 'all of a', 'b 2']);
  });

  it('the line that the keyboard is at stays when newer ones come above it', () => {
    const few = byDate([dated('a', 2, [9, 5])], 100);
    const place = { index: 1, name: few[1] ? nameOf(few[1]) : '' };
    const many = byDate([dated('a', 2, [9, 5]), dated('b', 2, [8, 7])], 100);
    expect(indexOf(few, place)).toBe(1);
    expect(indexOf(many, place)).toBe(3);
    expect(indexOf(few.slice(0, 1), place)).toBe(0);
  });

  it('many are shown in portions', () => {
    const days = Array.from({ length: 10 }, (_none, at) => 100 - at);
    expect(seen([dated('a', 10, days)], 4)).toEqual(['a 100', 'a 99', 'a 98', 'a 97', '6 later']);
  });
});

describe('what is searched', () => {
  const archive = (path: string): FoundArchive => {
    const known = { format: 'mbox', packing: null, bytes: 1, messages: null } as const;
    return { path, name: path, place: ['Local'], ...known };
  };
  function place(path: string, kind: KeptPlace['kind'], archives: readonly string[]): LibraryPlace {
    const found = { looked: 1, archives: archives.map(archive), omitted: [] };
    return { path, name: path, kind, ...found, looking: null, gone: ['gone'], error: null };
  }
  function open(path: string, state: OpenArchive['state']): OpenArchive {
    const nothing = { error: null, store: null, remembered: null, view: null };
    return { id: archiveId(path), path, name: path, state, ...nothing };
  }

  it('is every archive once: of the library, and open besides', () => {
    const places = [
      place('Mail', 'folder', ['one', 'two', 'gone']),
      place('Again', 'folder', ['two']),
      place('alone', 'file', ['alone']),
    ];
    const targets = targetsOf(places, [
      open('one', 'open'),
      open('other', 'resting'),
      open('bad', 'failed'),
    ]);
    expect(targets.map(({ path, place: where }) => [...where, path].join(' > '))).toEqual([
      'Mail > Local > one',
      'Mail > Local > two',
      'alone',
      'other',
    ]);
  });
});
