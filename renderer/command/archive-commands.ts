/** Commands that concern files and the window: open, close, compact, search, palette. */

import type { Command, Context } from './command.ts';
import { writable } from './command.ts';

/** Where the keyboard goes: elements are found by role, as a person would. */
export function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

const removable = ({ snapshot }: Context): boolean =>
  (snapshot?.status?.marked.messages ?? 0) + (snapshot?.status?.flagged.messages ?? 0) > 0;

export const archiveCommands: readonly Command[] = [
  {
    name: 'open',
    label: 'command.open',
    keys: ['Ctrl+O'],
    when: () => true,
    run: ({ app }) => app.open(),
  },
  {
    name: 'open-sample',
    label: 'command.open-sample',
    keys: [],
    when: () => true,
    run: ({ app }) => app.openSample(),
  },
  {
    name: 'open-folder',
    label: 'command.open-folder',
    keys: ['Ctrl+Shift+O'],
    when: () => true,
    run: ({ app }) => app.library.openFolder(),
  },
  {
    name: 'keep-in-library',
    label: 'command.keep-in-library',
    keys: [],
    when: ({ app, archive }) => archive?.state === 'open' && !app.library.has(archive.path),
    why: 'why.inLibrary',
    run: ({ app, archive }) => archive && app.library.keep(archive.id),
  },
  {
    name: 'look-again',
    label: 'command.look-again',
    keys: [],
    when: ({ app }) => app.library.snapshot().places.length > 0,
    run: ({ app }) => {
      for (const place of app.library.snapshot().places) app.library.lookAgain(place);
    },
  },
  {
    name: 'where',
    label: 'command.where',
    keys: [],
    when: () => true,
    run: ({ app }) => app.show('where'),
  },
  {
    name: 'close-archive',
    label: 'command.close-archive',
    keys: ['Ctrl+W'],
    when: ({ archive }) => archive !== null,
    run: ({ app, archive }) => archive && app.close(archive.id),
  },
  {
    name: 'reveal',
    label: 'command.reveal',
    keys: [],
    when: ({ archive }) => archive !== null,
    run: ({ app, archive }) => archive && app.reveal(archive.id),
  },
  {
    name: 'compact',
    label: 'command.compact',
    changes: 'archive',
    keys: [],
    when: (context) => writable(context) && removable(context),
    why: 'why.nothingMarked',
    run: ({ app }) => app.show('compact'),
  },
  {
    name: 'forget-kept',
    label: 'command.forget-kept',
    keys: [],
    when: ({ snapshot }) => (snapshot?.status?.kept.copies ?? 0) > 0,
    run: ({ app }) => app.show('forget'),
  },
  {
    name: 'reading',
    label: 'command.reading',
    keys: [],
    when: ({ snapshot }) => snapshot?.status?.state === 'ready',
    run: ({ app }) => app.show('reading'),
  },
  {
    name: 'search',
    label: 'command.search',
    keys: ['/'],
    when: ({ store }) => store !== null,
    run: () => focusOn('[role=searchbox]'),
  },
  {
    name: 'search-everywhere',
    label: 'command.search-everywhere',
    keys: ['Ctrl+Shift+F'],
    when: ({ app, archive }) =>
      archive !== null || app.library.snapshot().places.some(({ archives }) => archives.length > 0),
    run: ({ app, snapshot }) => app.searchEverywhere(snapshot?.arrangement.query ?? ''),
  },
  {
    name: 'settings',
    label: 'command.settings',
    keys: ['Ctrl+,'],
    when: () => true,
    run: ({ app }) => app.show('settings'),
  },
  {
    name: 'palette',
    label: 'command.palette',
    keys: ['Ctrl+P'],
    when: () => true,
    run: ({ app }) => app.show('palette'),
  },
];
