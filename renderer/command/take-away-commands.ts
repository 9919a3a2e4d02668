/** Commands that take messages, or what is attached to them, out of an archive: export, print, PDF. */

import { printMessages, saveMessagesAsPdf } from '../export/take-away.ts';
import { type Command, type Context, writable } from './command.ts';
import { somethingSelected } from './message-commands.ts';

/** An archive that was not read to its end is never taken for the whole. */
const ready = ({ snapshot }: Context): boolean => snapshot?.status?.state === 'ready';

const printable = (context: Context): boolean =>
  ready(context) && somethingSelected(context) && context.snapshot?.layingOut === null;

export const takeAwayCommands: readonly Command[] = [
  {
    name: 'export',
    label: 'command.export',
    keys: ['Ctrl+Shift+E'],
    when: (context) => ready(context) && (context.snapshot?.list.rows ?? 0) > 0,
    run: ({ app }) => app.show('export'),
  },
  {
    name: 'strip-attachments',
    label: 'command.strip-attachments',
    keys: [],
    when: (context) => writable(context) && (context.snapshot?.list.rows ?? 0) > 0,
    run: ({ app }) => app.show('strip'),
  },
  {
    name: 'print',
    label: 'command.print',
    keys: ['Ctrl+Shift+P'],
    when: printable,
    why: 'why.noneSelected',
    run: ({ app, store }) => void (store && printMessages(app, store)),
  },
  {
    name: 'save-pdf',
    label: 'command.save-pdf',
    keys: [],
    when: printable,
    why: 'why.noneSelected',
    run: ({ app, store }) => void (store && saveMessagesAsPdf(app, store)),
  },
];
