/**
 * The source catalog: every text of the window and of main, in English, by a stable id. What another
 * language lacks does not compile; its messages are translated from these.
 */

import { access } from './english/access.ts';
import { archive } from './english/archive.ts';
import { command } from './english/command.ts';
import { common } from './english/common.ts';
import { engine } from './english/engine.ts';
import { errors } from './english/errors.ts';
import { main } from './english/main.ts';
import { overview } from './english/overview.ts';
import { reader } from './english/reader.ts';
import { search } from './english/search.ts';
import { takenOut } from './english/taken-out.ts';
import { window } from './english/window.ts';

export const ENGLISH = {
  ...common,
  ...window,
  ...archive,
  ...reader,
  ...search,
  ...overview,
  ...takenOut,
  ...command,
  ...engine,
  ...errors,
  ...main,
  ...access,
} as const;

/** The name of a message: the room it is said in, and what it says there. */
export type MessageId = keyof typeof ENGLISH;
