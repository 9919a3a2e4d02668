/**
 * I1: there is no instant at which the file is not under its name, or is another file, or can be
 * read by others than before. CPython renames a new file over it (and on Windows removes it first),
 * Thunderbird moves it aside: whoever opens it just then finds nothing, or the wrong one.
 *
 * Method: a program looks without a pause while we flush, and the kernel tells every name that
 * comes or goes in the folder.
 */

import { type FSWatcher, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { numberedLetters } from '../support/letters.ts';
import { startPython } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const LETTERS = numberedLetters('us', 3000, 5000);

const LOOK = `
import os, select, sys
path = sys.argv[1]
first = os.stat(path)
looks = missing = other = 0
print('looking', flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    looks += 1
    try: now = os.stat(path)
    except FileNotFoundError:
        missing += 1
        continue
    same = [getattr(now, name) == getattr(first, name) for name in ('st_ino', 'st_dev', 'st_mode', 'st_uid', 'st_nlink')]
    if not all(same): other += 1
print(looks, missing, other, flush=True)
`;

/** Names that came or went in a folder. */
function namesIn(folder: string): { readonly watcher: FSWatcher; readonly names: Set<string> } {
  const names = new Set<string>();
  const watcher = watch(folder, (event, name) => {
    if (event === 'rename' && name !== null) names.add(name);
  });
  return { watcher, names };
}

it('the file stands under its name at every instant of a flush', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-always-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, LETTERS.join(''), { mode: 0o640 });
  const engine = new Served();
  await engine.call('open', { path: mailbox });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  const { watcher, names } = namesIn(folder);
  const looking = startPython(LOOK, [mailbox]);
  expect(await looking.line()).toBe('looking');
  await engine.call('remove', { keys: [keys[0], ...keys.slice(1000, 1100)] });
  await engine.call('flush');
  looking.tell('enough');
  const [looks = 0, missing, other] = (await looking.line()).split(' ').map(Number);
  await engine.close();
  watcher.close();
  expect(looks).toBeGreaterThan(100);
  expect([missing, other]).toEqual([0, 0]);
  // The journal and the lock came and went: the kernel did tell. The mailbox did neither.
  expect([...names]).toContain('box.mbox.mailkeep-journal');
  expect([...names]).not.toContain('box.mbox');
  const kept = LETTERS.filter((_letter, at) => at !== 0 && (at < 1000 || at >= 1100));
  expect(readFileSync(mailbox, 'latin1')).toBe(kept.join(''));
});
