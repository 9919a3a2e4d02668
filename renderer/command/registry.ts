/** All commands, by name and by key. */

import { flushSync } from 'react-dom';
import type { MenuCommand } from '../../shared/bridge.ts';
import { archiveCommands } from './archive-commands.ts';
import type { Command, Context } from './command.ts';
import { followingLines, keyOf } from './keys.ts';
import { messageCommands } from './message-commands.ts';
import { moveCommands } from './move-commands.ts';
import { pictureCommands } from './picture-commands.ts';
import { takeAwayCommands } from './take-away-commands.ts';
import { readerCommands } from './reader-commands.ts';
import { threadCommands } from './thread-commands.ts';

export const commands: readonly Command[] = [
  ...archiveCommands,
  ...messageCommands,
  ...takeAwayCommands,
  ...moveCommands,
  ...threadCommands,
  ...pictureCommands,
  ...readerCommands,
];

const byName = new Map(commands.map((command) => [command.name, command]));
const byKey = new Map(commands.flatMap((command) => command.keys.map((key) => [key, command])));

/** The command of that name. */
export function commandNamed(name: MenuCommand | (string & {})): Command {
  const command = byName.get(name);
  if (!command) throw new Error(`no command ${name}`);
  return command;
}

/** Carries a command out where it makes sense. @returns whether it did */
export function perform(command: Command, context: Context): boolean {
  if (!command.when(context)) return false;
  command.run(context);
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}

/** Keys that no field needs for itself. */
const EVERYWHERE = new Set([
  'Ctrl+O',
  'Ctrl+Shift+O',
  'Ctrl+P',
  'Ctrl+W',
  'Ctrl+,',
  'Ctrl+F',
  'Ctrl+Shift+F',
  'F3',
  'Shift+F3',
]);

/** Keys that scroll, in the message that has the keyboard; in the list they go from row to row. */
const SCROLLING = /^(Arrow|Page|Home|End)/;

/** True for a key that an element needs for itself: Enter presses what can be pressed. */
function isOwnKey(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof Element)) return false;
  if (name === 'Enter') return target.matches('button, summary, a');
  return SCROLLING.test(name) && target.closest('.reader') !== null;
}

/** Keys of the whole window. What is typed into a field stays there, shortcuts with Ctrl excepted. */
export function handleKey(event: KeyboardEvent, context: Context): void {
  const name = followingLines(keyOf(event), document.dir);
  const command = byKey.get(name);
  if (!command || event.defaultPrevented) return;
  if (document.querySelector('dialog[open]')) return;
  // A dialog that was closed in this very moment has yet to say so, and must go before it comes again.
  const { panel } = context.app.snapshot();
  if (panel !== 'none') flushSync(() => context.app.hide(panel));
  if (isTyping(event.target) && !EVERYWHERE.has(name)) return;
  if (isOwnKey(event.target, name)) return;
  const { letters } = context.app.preferences.snapshot().preferences;
  if (letters === 'off' && name.length === 1) return;
  if (perform(command, context)) event.preventDefault();
}
