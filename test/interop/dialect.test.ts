/**
 * How an archive is read, from the terminal and over the wire: what a person says of a line is known
 * to every command, survives what other programs do to the file, and never changes the file itself.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Dialect } from '../../shared/dialect-report.ts';
import type { Status } from '../../shared/status.ts';
import { deliverIndependently } from '../support/independent-reader.ts';
import { runPython } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js');
const letter = (name: string, body: string): string =>
  `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}\nMessage-ID: <${name}@example.org>\n\n${body}\n`;
const LINE = 'From here on it is text';
/** A line of text that looks a little like a separator, and a separator without an empty line. */
const TEXT =
  letter('ann', 'one\n') +
  letter('ben', `two\n\n${LINE}\n\nand more of it`) +
  letter('cat', 'three\n') +
  letter('dan', 'four\n');

let folder = '';
let mailbox = '';
let stateBefore: string | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-dialect-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, TEXT);
  // Nothing of a test is remembered where the person who runs it keeps theirs.
  stateBefore = process.env['XDG_STATE_HOME'];
  process.env['XDG_STATE_HOME'] = path.join(folder, 'state');
});
afterEach(() => {
  if (stateBefore === undefined) delete process.env['XDG_STATE_HOME'];
  else process.env['XDG_STATE_HOME'] = stateBefore;
  rmSync(folder, { recursive: true, force: true });
});

function mailkeep(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

const dialect = (...words: readonly string[]): Dialect & { readonly messages: number } =>
  JSON.parse(mailkeep('dialect', mailbox, '--json', ...words).stdout);

const list = (...words: readonly string[]): { key: string; subject: string; offset: number }[] =>
  mailkeep('list', mailbox, '--json', ...words)
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const subjects = (...words: readonly string[]) => list(...words).map(({ subject }) => subject);
const at = (text: string): string => String(readFileSync(mailbox, 'latin1').indexOf(text));

it('dialect explains every doubtful line, for people and for programs', () => {
  const { status, stdout } = mailkeep('dialect', mailbox);
  expect(status).toBe(0);
  expect(stdout).toContain('rule:           default');
  expect(stdout).toContain(`${at(LINE)}  content    ${LINE}`);
  expect(stdout).toContain('no empty line before it');
  expect(dialect()).toMatchObject({ messages: 4, doubtful: 2, overrulings: 0, memory: 'none' });
});

it('a doubtful line cannot steer the terminal', () => {
  writeFileSync(mailbox, `${TEXT}From \x1b]0;owned\x07 and \x9b31m red\n`, 'latin1');
  const { stdout } = mailkeep('dialect', mailbox);
  expect(stdout).toContain('From ?]0;owned? and ?31m red');
});

it('split and join are known to every command from then on, and the file is not changed', () => {
  const before = list();
  expect(dialect('--split', at(LINE))).toMatchObject({ messages: 5, memory: 'kept' });
  expect(dialect('--join', at('From cat'))).toMatchObject({ messages: 4 });
  expect(subjects()).toEqual(['ann', 'ben', '', 'dan']);
  expect(list()[0]?.key).toBe(before[0]?.key);
  expect(list()[3]?.key).toBe(before[3]?.key);
  expect(readFileSync(mailbox, 'latin1')).toBe(TEXT);
  const joined = list()[2];
  expect(mailkeep('show', mailbox, joined?.key ?? '', '--raw').stdout).toBe(
    TEXT.slice(TEXT.indexOf(LINE), TEXT.indexOf('From dan')),
  );
  expect(dialect('--undo', at(LINE)).messages).toBe(3);
  expect(dialect('--reset')).toMatchObject({ messages: 4, overrulings: 0, memory: 'none' });
  expect(subjects()).toEqual(['ann', 'ben', 'cat', 'dan']);
});

it('it survives our flush, a delivery, a rewrite by another program, and a move', async () => {
  dialect('--split', at(LINE));
  dialect('--join', at('From cat'));
  const [first] = list();
  expect(mailkeep('delete', mailbox, first?.key ?? '').status).toBe(0);
  expect(subjects()).toEqual(['ben', '', 'dan']);
  await deliverIndependently(mailbox, 2, 'Arrived');
  expect(subjects()).toEqual(['ben', '', 'dan', expect.anything(), expect.anything()]);
  // Python sees five `From ` lines and two new ones; it removes dan's letter and replaces the file.
  const code = `
import mailbox, sys
box = mailbox.mbox(sys.argv[1], create=False)
box.lock()
for key in [key for key, message in box.items() if message['subject'] == 'dan']: box.remove(key)
box.flush()
box.close()
`;
  await runPython(code, [mailbox]);
  expect(subjects()).toEqual(['ben', '', expect.anything(), expect.anything()]);
  const moved = path.join(folder, 'moved.mbox');
  renameSync(mailbox, moved);
  mailbox = moved;
  expect(subjects()).toEqual(['ben', '', expect.anything(), expect.anything()]);
});

it('a rule for one run is not remembered; one that dialect was told is, and counts as Python does', async () => {
  const count = async (): Promise<number> =>
    Number(
      await runPython('import mailbox, sys; print(len(mailbox.mbox(sys.argv[1], create=False)))', [
        mailbox,
      ]),
    );
  expect(subjects('--rule', 'any-from')).toHaveLength(await count());
  expect(
    JSON.parse(mailkeep('info', mailbox, '--json', '--rule', 'any-from').stdout),
  ).toMatchObject({
    messages: 5,
  });
  const [, , split] = list('--rule', 'any-from');
  expect(mailkeep('show', mailbox, split?.key ?? '', '--raw', '--rule', 'any-from').stdout).toBe(
    `${LINE}\n\nand more of it\n`,
  );
  expect(subjects()).toHaveLength(4);
  expect(dialect('--rule', 'any-from')).toMatchObject({ rule: 'any-from', memory: 'kept' });
  expect(subjects()).toHaveLength(await count());
  expect(subjects('--rule', 'default')).toHaveLength(4);
});

it('usage ends with 2; a line that is not there with 1; nothing is remembered then', () => {
  expect(mailkeep('dialect', mailbox, '--split', 'here').status).toBe(2);
  expect(mailkeep('dialect', mailbox, '--rule', 'guess').status).toBe(2);
  expect(mailkeep('info', mailbox, '--rule', 'guess').status).toBe(2);
  expect(mailkeep('dialect', mailbox, '--join', '0').status).toBe(2);
  const { status, stderr } = mailkeep('dialect', mailbox, '--split', '3', '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'STALE' });
  expect(dialect().memory).toBe('none');
});

it('over the wire: overrule, readAs, and marks that went are told as conflicts', async () => {
  const engine = new Served();
  try {
    await engine.call('open', { path: mailbox });
    const { keys } = await engine.call<{ readonly keys: readonly string[] }>('keys');
    await engine.call('remove', { keys: [keys[1], keys[3]] });
    const offset = Number(at(LINE));
    const status = await engine.call<Status>('overrule', { offset, reading: 'separator' });
    expect(status).toMatchObject({ messages: 5, marked: { messages: 1 } });
    expect(engine.heard.filter(({ method }) => method === 'conflict')).toMatchObject([
      { params: { conflicts: [{ key: keys[1], code: 'GONE' }] } },
    ]);
    const report = await engine.call<Dialect>('dialect');
    expect(report.lines.find((line) => line.offset === offset)).toMatchObject({
      reading: 'separator',
      overruled: true,
      why: 'you split the message here',
    });
    await expect(
      engine.call('overrule', { offset, reading: 'content', text: 'From another time' }),
    ).rejects.toMatchObject({ code: 'STALE' });
    await expect(engine.call('overrule', { offset, reading: 'maybe' })).rejects.toMatchObject({
      code: 'MISUSE',
    });
    const asked = { rule: 'default', overrulings: 'forget' };
    expect(await engine.call('readAs', asked)).toMatchObject({ messages: 4 });
  } finally {
    await engine.close();
  }
});
