/** `mailkeep find`, as a shell meets it: what real programs packed, what may not be read, how many messages. */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mbox, putFiles, putThunderbirdProfile } from '../support/mail-folders.ts';
import { CLI } from '../support/served.ts';
import { boundByPermissions } from '../support/unprivileged.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-find-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  const [program = '', ...before] = [...boundByPermissions, process.execPath];
  const { status, stdout, stderr } = spawnSync(program, [...before, CLI, ...words], {
    encoding: 'utf8',
    env: {
      ...process.env,
      XDG_CACHE_HOME: path.join(folder, 'cache'),
      XDG_STATE_HOME: path.join(folder, 'state'),
    },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

it('lists archives as a person knows them, and says what it left out', () => {
  const mail = path.join(folder, 'mail');
  putThunderbirdProfile(mail);
  putFiles(mail, { 'locked/Inbox': mbox('inbox') });
  chmodSync(path.join(mail, 'locked'), 0o000);
  const { status, stdout, stderr } = run('find', mail);
  chmodSync(path.join(mail, 'locked'), 0o700);
  expect(status).toBe(0);
  expect(stdout).toContain('Local Folders > Inbox > Projects  (mbox, ');
  expect(stdout.trim().split('\n')).toHaveLength(10);
  expect(stderr).toContain(`left out: ${path.join(mail, 'locked')} cannot be read`);
});

it('tells how many messages an archive holds that was read before', () => {
  const mail = path.join(folder, 'mail');
  putFiles(mail, { Inbox: mbox('inbox', 1500) });
  const messages = (): unknown => JSON.parse(run('find', mail, '--json').stdout).messages;
  expect(messages()).toBe(null);
  expect(run('info', path.join(mail, 'Inbox')).status).toBe(0);
  expect(messages()).toBe(1500);
  putFiles(mail, { Inbox: mbox('inbox', 1501) });
  expect(messages()).toBe(null);
});

it('refuses what is no folder, and looks at no file of ours', () => {
  expect(run('find', path.join(folder, 'nowhere')).status).toBe(1);
  putFiles(folder, { 'state/mailkeep/removed/old': mbox('old') });
  expect(run('find', folder).stdout).toBe('');
});
