/**
 * The name under which something out of a message is saved. Imports the cleaning beside it.
 *
 * Promises: a name that every system can hold and none obeys: no path, no device of Windows, not
 * hidden, no character that turns the direction around, never empty, short enough to be numbered.
 */

import { fileName } from './clean-text.ts';

/** File systems hold 255 bytes; a number and an ending have to go in too. */
const NAME_BYTES_MAX = 200;
const ENDING_LENGTH_MAX = 20;
const FORBIDDEN = /[<>:"|?*]/g;
/** Windows takes these for devices, whatever ending follows, also behind blanks. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?= *(?:\.|$))/i;

/**
 * A safe form of a name.
 * @param otherwise the name if nothing is left of it
 */
export function saveName(name: string, otherwise = 'unnamed'): string {
  const plain = fileName(name)
    .replace(FORBIDDEN, '_')
    .replace(/^[.\s]+/, '')
    // Windows drops dots and spaces at the end, and what is left may be another file.
    .replace(/[.\s]+$/, '');
  const free = plain.replace(DEVICE, (device) => `_${device}`);
  return shortened(free === '' ? otherwise : free);
}

/** The same name with a number: `report.pdf` becomes `report (2).pdf`. */
export function numberedName(name: string, number: number): string {
  const { stem, ending } = split(name);
  return `${stem} (${number})${ending}`;
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= NAME_BYTES_MAX) return name;
  const { stem, ending } = split(name);
  let short = stem;
  while (short !== '' && Buffer.byteLength(short + ending) > NAME_BYTES_MAX) {
    // A whole character, also one of two units.
    short = short.slice(0, /[\udc00-\udfff]$/.test(short) ? -2 : -1);
  }
  return short.trimEnd() + ending;
}

function split(name: string): { readonly stem: string; readonly ending: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.length - dot > ENDING_LENGTH_MAX) return { stem: name, ending: '' };
  return { stem: name.slice(0, dot), ending: name.slice(dot) };
}
