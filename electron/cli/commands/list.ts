/** `mailkeep list FILE`: a line a message. */

import { createHash } from 'node:crypto';
import type { Archive } from '../../engine/archive/archive.ts';
import { foundBy } from '../../engine/listing/found-by.ts';
import { listed } from '../../engine/listing/listed-message.ts';
import { COLUMNS, type Column, type Row } from '../../../shared/row.ts';
import { key, type MessageNumber } from '../../../shared/units.ts';
import { type Command, ruleOption, usageError, type Words, withArchive } from '../command.ts';
import { printHints } from '../print.ts';

const FLAG_LETTERS = { read: 'R', answered: 'A', starred: 'F', draft: 'T', deleted: 'D' } as const;

function numberOption(words: Words, name: string, otherwise: number): number {
  const given = words.options[name];
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 0)
    throw usageError(`--${name} takes a number, not "${given}"`);
  return value;
}

function columnOption({ options }: Words): Column {
  const given = options['sort'] ?? 'position';
  const column = COLUMNS.find((known) => known === given);
  if (!column) throw usageError(`--sort takes one of ${COLUMNS.join(', ')}, not "${given}"`);
  return column;
}

async function numbersOf(archive: Archive, words: Words): Promise<readonly MessageNumber[]> {
  const sort = columnOption(words);
  const direction = words.options['descending'] === true ? 'descending' : 'ascending';
  const from = numberOption(words, 'offset', 0);
  const limit = numberOption(words, 'limit', Number.MAX_SAFE_INTEGER);
  const query = String(words.options['query'] ?? '');
  const { numbers, hints } = await foundBy(archive, query, { sort, direction });
  printHints(hints);
  return numbers.slice(from, from + limit);
}

export async function valuesOf(
  archive: Archive,
  number: MessageNumber,
  row: Row,
  digest: 'digest' | 'none',
) {
  const of = key(row.key);
  const values = listed({ key: of, number, row, span: archive.mailbox.table.span(number) });
  if (digest === 'none') return values;
  const stored = await archive.stored(of);
  return { ...values, digest: createHash('sha256').update(stored).digest('hex') };
}

export function lineOf(row: Row): string {
  const date = row.date === null ? '-'.padEnd(16) : new Date(row.date).toISOString().slice(0, 16);
  const flags = Object.entries(FLAG_LETTERS)
    .map(([name, letter]) => (row.flags[name as keyof typeof FLAG_LETTERS] ? letter : '-'))
    .join('');
  return `${row.key}  ${date.replace('T', ' ')}  ${flags}  ${String(row.bytes).padStart(9)}  ${row.from.slice(0, 30).padEnd(30)}  ${row.subject}`;
}

export const list: Command = {
  name: 'list',
  takes: 'file',
  usage: 'FILE [--offset N --limit N --sort date --descending --query Q --digest --rule RULE]',
  summary: 'a line a message',
  options: {
    offset: 'value',
    limit: 'value',
    sort: 'value',
    query: 'value',
    descending: 'flag',
    digest: 'flag',
    rule: 'value',
  },
  run: (words, print) =>
    withArchive(words.file, { access: 'read-only', ...ruleOption(words) }, async (archive) => {
      const digest = words.options['digest'] === true ? 'digest' : 'none';
      for (const number of await numbersOf(archive, words)) {
        const row = await archive.listing.row(number, false);
        const text = lineOf(row);
        const value =
          words.options['json'] === true ? await valuesOf(archive, number, row, digest) : null;
        print.value(value, text);
      }
    }),
};
