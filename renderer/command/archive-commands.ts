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
    label: 'Open',
    keys: ['Ctrl+O'],
    when: () => true,
    run: ({ app }) => app.open(),
  },
  {
    name: 'open-sample',
    label: 'Open the sample archive',
    keys: [],
    when: () => true,
    run: ({ app }) => app.openSample(),
  },
  {
    name: 'open-folder',
    label: 'Open folder',
    keys: ['Ctrl+Shift+O'],
    when: () => true,
    run: ({ app }) => app.library.openFolder(),
  },
  {
    name: 'keep-in-library',
    label: 'Keep this archive in the library',
    keys: [],
    when: ({ app, archive }) => archive?.state === 'open' && !app.library.has(archive.path),
    why: 'It is in the library',
    run: ({ app, archive }) => archive && app.library.keep(archive.id),
  },
  {
    name: 'look-again',
    label: 'Look again for archives in the library',
    keys: [],
    when: ({ app }) => app.library.snapshot().places.length > 0,
    run: ({ app }) => {
      for (const place of app.library.snapshot().places) app.library.lookAgain(place);
    },
  },
  {
    name: 'where',
    label: 'Where is my mail?',
    keys: [],
    when: () => true,
    run: ({ app }) => app.show('where'),
  },
  {
    name: 'close-archive',
    label: 'Close archive',
    keys: [],
    when: ({ archive }) => archive !== null,
    run: ({ app, archive }) => archive && app.close(archive.id),
  },
  {
    name: 'reveal',
    label: 'Show file in folder',
    keys: [],
    when: ({ archive }) => archive !== null,
    run: ({ app, archive }) => archive && app.reveal(archive.id),
  },
  {
    name: 'compact',
    label: 'Compact',
    changes: 'archive',
    keys: [],
    when: (context) => writable(context) && removable(context),
    why: 'Nothing is marked for deletion',
    run: ({ app }) => app.show('compact'),
  },
  {
    name: 'forget-kept',
    label: 'Forget the removed messages that are kept',
    keys: [],
    when: ({ snapshot }) => (snapshot?.status?.kept.copies ?? 0) > 0,
    run: ({ app }) => app.show('forget'),
  },
  {
    name: 'reading',
    label: 'How this archive is read',
    keys: [],
    when: ({ snapshot }) => snapshot?.status?.state === 'ready',
    run: ({ app }) => app.show('reading'),
  },
  {
    name: 'search',
    label: 'Search',
    keys: ['/'],
    when: ({ store }) => store !== null,
    run: () => focusOn('[role=searchbox]'),
  },
  {
    name: 'search-everywhere',
    label: 'Search all archives',
    keys: ['Ctrl+Shift+F'],
    when: ({ app, archive }) =>
      archive !== null || app.library.snapshot().places.some(({ archives }) => archives.length > 0),
    run: ({ app, snapshot }) => app.searchEverywhere(snapshot?.arrangement.query ?? ''),
  },
  {
    name: 'settings',
    label: 'Settings',
    keys: ['Ctrl+,'],
    when: () => true,
    run: ({ app }) => app.show('settings'),
  },
  {
    name: 'palette',
    label: 'All commands',
    keys: ['Ctrl+P'],
    when: () => true,
    run: ({ app }) => app.show('palette'),
  },
];
