/**
 * `mailkeep <command> FILE ...`: finds the command, parses its words, runs it, and turns whatever
 * happens into an exit status.
 */

import { parseArgs } from 'node:util';
import { CODES, MailboxError } from '../../shared/errors.ts';
import { type Command, usageError, type Words } from './command.ts';
import { append } from './commands/append.ts';
import { compact } from './commands/compact.ts';
import { remove } from './commands/delete.ts';
import { dialect } from './commands/dialect.ts';
import { exporting } from './commands/export.ts';
import { find } from './commands/find.ts';
import { info } from './commands/info.ts';
import { list } from './commands/list.ts';
import { recover } from './commands/recover.ts';
import { restore } from './commands/restore.ts';
import { search } from './commands/search.ts';
import { serve } from './commands/serve.ts';
import { show } from './commands/show.ts';
import { strip } from './commands/strip.ts';
import { undelete } from './commands/undelete.ts';
import { verify } from './commands/verify.ts';
import { print, printError } from './print.ts';

const COMMANDS: readonly Command[] = [
  info,
  find,
  dialect,
  list,
  search,
  show,
  remove,
  compact,
  append,
  restore,
  undelete,
  exporting,
  strip,
  verify,
  recover,
  serve,
];

function usage(): string {
  const lines = COMMANDS.map(({ name, usage: words, summary }) => {
    return `  ${`${name} ${words}`.padEnd(58)} ${summary}`;
  });
  return `usage: mailkeep <command> FILE [options]\n\n${lines.join('\n')}\n\nEvery command takes --json.`;
}

const usageOf = ({ name, usage: words }: Command): string => `usage: mailkeep ${name} ${words}`;

/** @returns `help` if that is all that is asked for */
function parse(command: Command, words: readonly string[]): Words | 'help' {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, kind]) => [
      name,
      { type: kind === 'value' ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  const always = {
    json: { type: 'boolean' as const },
    help: { type: 'boolean' as const, short: 'h' },
  };
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { ...options, ...always },
      allowPositionals: true,
    });
    if (values.help === true) return 'help';
    const [file, ...rest] = positionals;
    return { file: file ?? '', rest, options: values as Words['options'] };
  } catch (error) {
    throw usageError(`${error instanceof Error ? error.message : error}\n${usageOf(command)}`);
  }
}

/** @throws MISUSE if there are fewer or more words than the command has a use for */
function mustFit(command: Command, { file, rest }: Words): void {
  if (command.takes !== 'nothing' && file === '') throw usageError(usageOf(command));
  const words = file === '' ? rest : [file, ...rest];
  const used = { nothing: 0, file: 1, 'file and words': words.length }[command.takes];
  const unused = words[used];
  if (unused === undefined) return;
  throw usageError(`${command.name} has no use for "${unused}"\n${usageOf(command)}`);
}

async function main(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${usage()}\n`);
    return 0;
  }
  try {
    const command = COMMANDS.find((known) => known.name === name);
    if (!command)
      throw usageError(`${name === '' ? 'no command' : `no command "${name}"`}\n${usage()}`);
    const parsed = parse(command, rest);
    if (parsed === 'help') {
      process.stdout.write(`${usageOf(command)}\n\n${command.summary}\n`);
      return 0;
    }
    mustFit(command, parsed);
    await command.run(parsed, print);
    return 0;
  } catch (error) {
    return CODES[printError(error).code].exit;
  }
}

process.stdout.on('error', ({ code: errno = '' }: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as `head`, is no error.
  if (errno === 'EPIPE') process.exit(0);
  const sentence = `The output could not be written to its end (${errno}).`;
  const code = errno === 'ENOSPC' ? 'NO_SPACE' : 'IO';
  printError(new MailboxError(code, { errno }, { sentence }));
  process.exit(CODES[code].exit);
});
process.exitCode = await main(process.argv.slice(2));
