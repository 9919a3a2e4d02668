/**
 * `mailkeep <command> FILE ...`: finds the command, parses its words, runs it, and turns whatever
 * happens into an exit status.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
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
import { helpOf, overviewOf, usageOf } from './usage.ts';

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

/** What the program is asked about itself, before any command: answered on stdout, and done. */
function aboutItself(words: readonly string[]): string | null {
  const [first = '', about] = words;
  if (first === '--version' || first === '-V') return `mailkeep ${version()}`;
  if (first !== '--help' && first !== '-h' && first !== 'help') return null;
  const command = COMMANDS.find(({ name }) => name === about);
  return command ? helpOf(command) : overviewOf(COMMANDS);
}

/** As it stands in the package that this program is part of. */
function version(): string {
  const file = path.join(import.meta.dirname, '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

/** No word of a command line holds it. */
const MARK = '\0';

/** A word that `parseArgs` takes for no option, whatever it begins with but two minuses. */
const marked = (word: string): string => (/^-(?!-|h$|$)/.test(word) ? MARK + word : word);

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
      args: command.minus ? words.map(marked) : [...words],
      options: { ...options, ...always },
      allowPositionals: true,
    });
    if (values.help === true) return 'help';
    const [file, ...rest] = positionals.map((word) => word.replace(MARK, ''));
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
  const about = aboutItself(words);
  if (about !== null) {
    process.stdout.write(`${about}\n`);
    return 0;
  }
  try {
    const command = COMMANDS.find((known) => known.name === name);
    if (!command)
      throw usageError(
        `${name === '' ? 'no command' : `no command "${name}"`}\n${overviewOf(COMMANDS)}`,
      );
    const parsed = parse(command, rest);
    if (parsed === 'help') {
      process.stdout.write(`${helpOf(command)}\n`);
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
