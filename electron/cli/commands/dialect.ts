/**
 * `mailkeep dialect FILE`: how the archive is read and every line that could be read otherwise; and
 * with `--split`, `--join`, `--reset` or `--rule`, reads it otherwise from now on.
 */

import type { Archive } from '../../engine/archive/archive.ts';
import type { Dialect, Memory } from '../../../shared/dialect-report.ts';
import { type Command, ruleOption, usageError, type Words, withArchive } from '../command.ts';
import { harmless } from '../print.ts';

function offsetOption({ options }: Words, name: 'split' | 'join' | 'undo'): number | null {
  const given = options[name];
  if (given === undefined) return null;
  const offset = Number(given);
  if (given === '' || !Number.isSafeInteger(offset) || offset < 0)
    throw usageError(`--${name} takes the offset of a line, not "${given}"`);
  return offset;
}

const READINGS = { split: 'separator', join: 'content', undo: 'default' } as const;

/** Changes how the archive is read, as the options say. */
async function change(archive: Archive, words: Words): Promise<void> {
  const { mailbox } = archive;
  if (words.options['reset'] === true) {
    const asked = { rule: 'default', format: 'detect', overrulings: 'forget' } as const;
    await archive.reread((how, work) => how.readAs(mailbox, asked, work));
  }
  const { rule } = ruleOption(words);
  if (rule) await archive.reread((how, work) => how.readAs(mailbox, { rule }, work));
  for (const name of ['split', 'join', 'undo'] as const) {
    const offset = offsetOption(words, name);
    if (offset === null) continue;
    const asked = { offset, reading: READINGS[name] };
    await archive.reread((how, work) => how.overrule(mailbox, asked, work));
  }
}

const MEMORIES: Readonly<Record<Memory, string>> = {
  none: 'nothing was overruled',
  kept: 'what you said is remembered',
  damaged: 'what was remembered is damaged and was left alone',
  newer: 'a newer Mailkeep remembers something this one does not understand',
  unsaved: 'what you said could not be written down and is forgotten now',
};

function textOf(dialect: Dialect, messages: number): string {
  const facts = [
    ['format', dialect.format],
    ['rule', dialect.rule],
    ['quoting', dialect.quoting],
    ['line ends', dialect.lineEnd],
    ['messages', messages],
    ['doubtful', dialect.doubtful],
    ['memory', MEMORIES[dialect.memory]],
  ].map(([name, fact]) => `${`${name}:`.padEnd(15)} ${fact}`);
  const lines = dialect.lines.map(
    ({ offset, text, reading, why }) =>
      `${String(offset).padStart(12)}  ${reading.padEnd(9)}  ${harmless(text)}\n${' '.repeat(25)}${why}`,
  );
  return [...facts, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
}

export const dialect: Command = {
  name: 'dialect',
  takes: 'file',
  usage: 'FILE [--split OFFSET --join OFFSET --undo OFFSET --rule RULE --reset]',
  summary: 'how it is read, and every line that could be read otherwise',
  options: { split: 'value', join: 'value', undo: 'value', rule: 'value', reset: 'flag' },
  run: (words, print) =>
    withArchive(words.file, { access: 'read-only' }, async (archive) => {
      await change(archive, words);
      const report = archive.dialect();
      const messages = archive.count;
      print.value({ ...report, messages }, textOf(report, messages));
    }),
};
