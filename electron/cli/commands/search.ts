/** `mailkeep search FILE... QUERY`: the messages of some archives that fit, texts and all. */

import path from 'node:path';
import type { Archive } from '../../engine/archive/archive.ts';
import { foundBy } from '../../engine/listing/found-by.ts';
import { type Command, ruleOption, usageError, withArchive } from '../command.ts';
import { harmless, printError, printHints, printIndexed } from '../print.ts';
import { lineOf, valuesOf } from './list.ts';

export const search: Command = {
  name: 'search',
  takes: 'file and words',
  usage: 'FILE... QUERY [--digest --rule RULE]',
  summary: 'the messages that fit, by header and text',
  options: { rule: 'value', digest: 'flag' },
  minus: 'part of a query',
  run: async (words, print) => {
    const files = [words.file, ...words.rest.slice(0, -1)];
    const query = words.rest.at(-1);
    if (query === undefined) throw usageError(`usage: mailkeep search ${search.usage}`);
    const digest = words.options['digest'] === true ? 'digest' : 'none';
    const isJson = words.options['json'] === true;
    const name = (file: string): string =>
      files.length > 1 ? `${harmless(path.basename(file))}  ` : '';
    const options = { access: 'read-only', ...ruleOption(words) } as const;
    let hinted = false;
    const searchIn = (file: string): Promise<void> =>
      withArchive(file, options, async (archive: Archive) => {
        const { numbers, hints, indexed } = await foundBy(archive, query);
        if (!hinted) printHints(hints);
        hinted = true;
        if (indexed !== null && indexed > 0) printIndexed(indexed, archive.count);
        for (const number of numbers) {
          const row = await archive.listing.row(number, false);
          const values = isJson ? await valuesOf(archive, number, row, digest) : null;
          print.value(values && { file, ...values }, `${name(file)}${lineOf(row)}`);
        }
      });
    let failure: unknown = null;
    for (const file of files) {
      try {
        await searchIn(file);
      } catch (error) {
        // What cannot be searched is said, and keeps nobody from the others; the last one is thrown.
        if (failure !== null) printError(failure);
        failure = error;
      }
    }
    if (failure !== null) throw failure;
  },
};
