/** What JSON-RPC 2.0 asks of `mailkeep serve --stdio`, line by line. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { numberedLetters } from '../support/letters.ts';
import { CLI, Served } from '../support/served.ts';

let folder = '';
let mailbox = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-rpc-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, numberedLetters('us', 3, 100).join(''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All that is said to some lines, but for notifications. */
function said(...lines: readonly (string | object)[]): readonly unknown[] {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'serve', '--stdio'], {
    input: input.join('\n'),
    timeout: 60_000,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const values = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return values.filter((value) => Array.isArray(value) || !('method' in value));
}

const request = (id: unknown, method: string, params: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

it('a list of requests is answered by one list, notifications in it by nothing', () => {
  const open = request(1, 'open', { path: mailbox });
  const notification = { jsonrpc: '2.0', method: 'status' };
  const [answers, ...more] = said([open, notification, 5, request('x', 'nothing')], [notification]);
  expect(more).toEqual([]);
  expect(answers).toMatchObject([
    { id: 1, result: { messages: 3 } },
    { id: null, error: { code: -32600 } },
    { id: 'x', error: { code: -32601 } },
  ]);
});

it.each([
  ['not JSON', '{', -32700],
  ['an empty list', '[]', -32600],
  ['no request', { id: 1, method: 'status' }, -32600],
  ['an unknown method', request(1, 'nothing'), -32601],
  ['a name that every object has', request(1, 'constructor'), -32601],
  ['bad parameters', request(1, 'open', { path: 5 }), -32602],
  ['our own refusal', request(1, 'open', { path: '/nothing/here' }), -32000],
])('%s has the number of the specification', (_what, line, code) => {
  expect(said(line)).toMatchObject([{ error: { code } }]);
});

it('calls that do not wait for answers mean what they would mean one after the other', () => {
  const file = path.join(folder, 'piped.mbox');
  const letters = numberedLetters('us', 3, 100);
  writeFileSync(file, letters.join(''));
  const open = request(1, 'open', { path: file });
  const [, listed] = said(open, request(2, 'keys'), request(3, 'close'));
  const { keys } = (listed as { result: { keys: readonly string[] } }).result;
  expect(keys).toHaveLength(3);
  const removal = request(2, 'remove', { keys: [keys[1]] });
  const answers = said(open, removal, request(3, 'flush'), request(4, 'close'));
  expect(answers).toMatchObject([
    { id: 1 },
    { id: 2, result: { marked: { messages: 1 } } },
    { id: 3, result: { removed: { messages: 1 } } },
    { id: 4, result: {} },
  ]);
  expect(readFileSync(file, 'latin1')).toBe(`${letters[0]}${letters[2]}`);
});

it('an archive is opened once: a second open says what to do, and the session still ends', () => {
  const open = request(1, 'open', { path: mailbox });
  const [, second] = said(open, request(2, 'open', { path: mailbox }));
  expect(second).toMatchObject({
    id: 2,
    error: { code: -32602, message: expect.stringContaining('"close" first') },
  });
});

it('a mailbox that was deleted meanwhile is not said to be busy', async () => {
  const file = path.join(folder, 'deleted.mbox');
  writeFileSync(file, numberedLetters('us', 3, 100).join(''));
  const served = new Served();
  await served.call('open', { path: file });
  rmSync(file);
  await served.call('sync');
  await expect(served.call('flush')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await served.close();
});
