/** Which files the app was started with. */

import path from 'node:path';
import { app } from 'electron';

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
    else if (!word.startsWith('-')) plain.push(path.resolve(folder, word));
  }
  // Started as `electron <app folder> FILE...`, the first of them is the app itself.
  const appFolder = path.resolve(app.getAppPath());
  return plain[0] === appFolder ? plain.slice(1) : plain;
}
