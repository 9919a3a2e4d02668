/** How commands are used, as text for a terminal of 80 columns. */

import type { Command } from './command.ts';

const COLUMNS = 80;
const INDENT = '  ';
const DEEPER = '      ';
/** Where summaries begin, if they have room there. */
const SUMMARY_AT = 38;
/** A blank in front of an option or of a bracket: what stands between two of them stays together. */
const BREAKS = / (?=\[|--)/;

/** Pieces with blanks between them, in lines that are no longer than a terminal is wide. */
function wrapped(pieces: readonly string[], first: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  for (const piece of pieces) {
    const isStart = line.trim() === '';
    const longer = `${line}${isStart ? '' : ' '}${piece}`;
    if (isStart || longer.length <= COLUMNS) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = DEEPER + piece;
  }
  return [...lines, line];
}

const wordsOf = ({ name, usage }: Command): readonly string[] => `${name} ${usage}`.split(BREAKS);

function entryOf(command: Command): readonly string[] {
  const lines = wrapped(wordsOf(command), INDENT);
  const [only = ''] = lines;
  const beside = `${only.padEnd(SUMMARY_AT)} ${command.summary}`;
  const fits = lines.length === 1 && only.length <= SUMMARY_AT && beside.length <= COLUMNS;
  return fits ? [beside] : [...lines, ...wrapped(command.summary.split(' '), DEEPER)];
}

const EVERY =
  'Every command takes --json and --help;\nmailkeep --version says which Mailkeep this is.';

/** All commands, each with what it does. */
export const overviewOf = (commands: readonly Command[]): string =>
  `usage: mailkeep <command> FILE [options]\n\n${commands.flatMap(entryOf).join('\n')}\n\n${EVERY}`;

/** What stands behind the name of a command. */
export const usageOf = (command: Command): string =>
  wrapped(wordsOf(command), 'usage: mailkeep').join('\n');

export const helpOf = (command: Command): string => `${usageOf(command)}\n\n${command.summary}`;
