/**
 * Goal: what is done once with all messages of a kind is done with all of them, also in the while between
 * the table of contents and the last envelope. Method: an archive to which messages were added, on a disk that
 * stands still before their envelopes are read; what a person asks for then, and what becomes of it.
 */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import { gate, heldDisk } from '../../support/held-disk.ts';
import { numberedLetter } from '../../support/letters.ts';
import { requestFor, testFolder } from '../../support/opened-archive.ts';
import { until } from '../../support/peers.ts';

const fileOrder = { view: 'all', sort: 'position', direction: 'ascending', query: '' } as const;

/** Of another program, which has flagged some as deleted. */
const letter = (at: number, more = ''): string =>
  numberedLetter('us', at, 100).replace('Subject:', `${more}Subject:`);
const FLAGGED = 'X-Status: D\n';
const FIRST = [0, 1, 2].map((at) => letter(at)).join('') + letter(3, FLAGGED);
const LATER = letter(4) + letter(5, FLAGGED) + letter(6, FLAGGED);

/** The archive in the moment in which its table has the later messages, and their envelopes are not read. */
async function held() {
  const file = path.join(testFolder(), 'archive');
  writeFileSync(file, FIRST);
  const { opened: released, open: release } = gate();
  let isHeld = (): boolean => false;
  const disk = heldDisk(() => (isHeld() ? released : null));
  const archive = await Archive.open({ ...requestFor(file), disk });
  onTestFinished(async () => {
    release();
    await archive.close();
  });
  await archive.read();
  const before = archive.count;
  isHeld = () => archive.count > before;
  const window = new WindowSession(archive, () => undefined).handlers();
  /** The later messages come. */
  const comes = async (): Promise<void> => {
    appendFileSync(file, LATER);
    const looked = archive.sync();
    await until('the later messages are in the table', () => archive.count > before);
    expect(archive.listing.read).toBeLessThan(archive.count);
    void looked;
  };
  return { archive, window, file, comes, release };
}

test('a compaction of what is flagged takes all of it', async () => {
  const { window, file, comes, release } = await held();
  await comes();
  const flushed = window.flush({ copy: 'none', flagged: 'remove' });
  release();
  expect((await flushed).removed.messages).toBe(3);
  expect(readFileSync(file, 'latin1')).toBe([0, 1, 2, 4].map((at) => letter(at)).join(''));
});

test('an export of a view has all of it', async () => {
  const { archive, window, comes, release } = await held();
  await window.arrange({ ...fileOrder, view: 'deleted' });
  await comes();
  const to = path.join(testFolder(), 'all.mbox');
  archive.exporting.permit('place', { path: to, ifTaken: 'refuse' });
  const options = { as: 'mbox' } as const;
  const exported = window.export({ which: { listed: 'all' }, place: 'place', options });
  release();
  expect((await exported).messages).toBe(3);
  expect(readFileSync(to, 'latin1')).toBe([3, 5, 6].map((at) => letter(at, FLAGGED)).join(''));
});
