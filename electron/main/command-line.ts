/** What the words of a command line ask for: files to open, or the terminal program. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';

/** Words behind it are for the terminal program. Chromium's own switches stand in front. */
const TERMINAL = '--terminal';

/** Options of node and Electron that take the next word as their value. */
const WITH_VALUE = new Set(['-r', '--require']);

/**
 * The files among the words of a command line, as absolute paths.
 * @param words all words, the program's own name first
 */
export function filesOf(words: readonly string[], folder: string): readonly string[] {
  const plain: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (WITH_VALUE.has(word)) at += 1;
    else if (word.startsWith('file:')) plain.push(...pathOf(word));
    else if (!word.startsWith('-')) plain.push(path.resolve(folder, word));
  }
  // Started as `electron <app folder> FILE...`, the first of them is the app itself.
  const appFolder = path.resolve(app.getAppPath());
  return plain[0] === appFolder ? plain.slice(1) : plain;
}

/** Some file managers name files by their addresses. @returns nothing if it names no file here */
function pathOf(address: string): readonly string[] {
  try {
    return [fileURLToPath(address)];
  } catch {
    return [];
  }
}

/** What is answered on the terminal, whoever asks. */
const ABOUT_ITSELF = ['--version', '--help'];

/** The words for the terminal program; null if a window is wanted. */
export function terminalWordsOf(words: readonly string[]): readonly string[] | null {
  const at = words.indexOf(TERMINAL);
  if (at >= 0) return words.slice(at + 1);
  const [about] = words.filter((word) => ABOUT_ITSELF.includes(word));
  return about === undefined ? null : [about];
}
