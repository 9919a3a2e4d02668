/** `mailkeep find FOLDER`: the archives in a folder and all that is below it. */

import path from 'node:path';
import type { FoundArchive, Omitted } from '../../../shared/found-archive.ts';
import { findArchives } from '../../engine/finding/find-archives.ts';
import { type Command, folders, stateFolder } from '../command.ts';
import { printNote } from '../print.ts';

export const find: Command = {
  name: 'find',
  takes: 'file',
  usage: 'FOLDER',
  summary: 'the archives in a folder, told from their content',
  options: {},
  run: async (words, print) => {
    const folder = path.resolve(words.file);
    const { catalogFolder } = folders();
    for await (const found of findArchives({ folder, catalogFolder, leaveOut: [stateFolder()] })) {
      if (found.finding === 'archive') print.value(found.archive, inWords(found.archive));
      else if (found.finding === 'omitted') printNote(found.omitted, omittedInWords(found.omitted));
    }
  },
};

function inWords({
  path: where,
  name,
  place,
  format,
  packing,
  bytes,
  messages,
}: FoundArchive): string {
  const what = [packing ? `${format}, ${packing}` : format, `${bytes} bytes`];
  if (messages !== null) what.push(`${messages} messages`);
  return `${[...place, name].join(' > ')}  (${what.join(', ')})\n    ${where}`;
}

const WHY: Readonly<Record<Omitted['why'], string>> = {
  unreadable: 'cannot be read',
  'other disk': 'is on another disk; name it by itself to search it',
  'too deep': 'lies too deep',
  'too many': 'holds more than is looked at',
};

const omittedInWords = ({ path: where, why }: Omitted): string => `left out: ${where} ${WHY[why]}`;
