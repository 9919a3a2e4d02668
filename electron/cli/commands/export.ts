/** `mailkeep export FILE --to PLACE --as FORM [KEY...]`: takes messages out; the archive is only read. */

import {
  EXPORT_FORMS,
  type Exported,
  type ExportForm,
  type ExportOptions,
} from '../../../shared/export-contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { type Key, messageNumber } from '../../../shared/units.ts';
import type { Archive } from '../../engine/archive/archive.ts';
import {
  type Command,
  keyNamed,
  numberNamed,
  ruleOption,
  stoppable,
  usageError,
  type Words,
  withArchive,
} from '../command.ts';

function formOption({ options }: Words): ExportForm {
  const form = EXPORT_FORMS.find((known) => known === options['as']);
  if (!form) throw usageError(`export takes --as with one of ${EXPORT_FORMS.join(', ')}`);
  return form;
}

function exportOptions(words: Words): ExportOptions {
  const { name, 'keep-quoting': keep, flat } = words.options;
  return {
    as: formOption(words),
    ...(typeof name === 'string' ? { name } : {}),
    ...(keep === true ? { quoting: 'keep' } : {}),
    ...(flat === true ? { attachments: 'flat' } : {}),
  };
}

/** The messages that are named, or those that a query finds, or all. @throws GONE, before anything is written */
function keysOf(archive: Archive, { rest, options }: Words): readonly Key[] {
  if (rest.length > 0) {
    for (const text of rest) numberNamed(archive, text);
    return rest.map(keyNamed);
  }
  const order = archive.listing.arranged({
    view: 'all',
    sort: 'position',
    direction: 'ascending',
    query: String(options['query'] ?? ''),
  });
  const rows = order?.length ?? archive.count;
  return Array.from({ length: rows }, (_none, at) =>
    archive.keyOf(messageNumber(order?.[at] ?? at)),
  );
}

function textOf({ messages, files, path, problems }: Exported): string {
  const done = `${messages} exported, ${files} ${files === 1 ? 'file' : 'files'}, to ${path}`;
  return [done, ...problems.map(({ key, sentence }) => `${key}: ${sentence}`)].join('\n');
}

export const exporting: Command = {
  name: 'export',
  takes: 'file and words',
  usage: `FILE --to PLACE --as ${EXPORT_FORMS.join('|')} [--name "{date} {from} {subject}" --query Q --keep-quoting --flat --rule RULE] [KEY...]`,
  summary: 'take messages out, as files, a mailbox, a folder or a table',
  options: {
    to: 'value',
    as: 'value',
    name: 'value',
    query: 'value',
    'keep-quoting': 'flag',
    flat: 'flag',
    rule: 'value',
  },
  run: async (words, print) => {
    const { to } = words.options;
    if (typeof to !== 'string' || to === '') throw usageError('export takes a FILE and --to PLACE');
    const options = exportOptions(words);
    const access = { access: 'read-only', ...ruleOption(words) } as const;
    await withArchive(words.file, access, async (archive) => {
      const keys = keysOf(archive, words);
      const place = { path: to, ifTaken: 'refuse' } as const;
      // What is whole stays.
      const exported = await stoppable(archive, () =>
        archive.exporting.run({ keys, place, options }),
      );
      print.value(exported, textOf(exported));
      if (exported.missed === 0) return;
      const sentence = `${exported.missed} of ${keys.length} messages were no longer there, or changed; all others were exported.`;
      throw new MailboxError('GONE', { missed: exported.missed }, { sentence });
    });
  },
};
