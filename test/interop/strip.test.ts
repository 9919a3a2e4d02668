/**
 * Python reads an archive before and after attachments were taken out of all its messages: every
 * message is there once, every text is what it was, and each text that stands for an attachment names
 * the digest of what Python found there before. Saved files are what Python had found, too. Files that are
 * uuencoded in a text are taken out of it by Python as well, and what it has then is compared.
 */

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesBelow } from '../support/exported.ts';
import { pythonHolds, runPython, startPeer, until } from '../support/peers.ts';
import { CLI } from '../support/served.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-strip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const READ = `
import binascii, email, hashlib, json, mailbox, re, sys
FILE = re.compile(rb'^begin [0-7]{3,4} [^\\n]+\\n((?:[ -\`]*\\n)*?)end\\n', re.M)
NOTE = re.compile(rb'^\\[An attachment was taken out.*\\n(?:.+\\n)*SHA-256: (.+)\\nTaken out: .+\\n', re.M)
found = set()
def named(match):
    content = b''.join(binascii.a2b_uu(line) for line in match[1].splitlines())
    digest = hashlib.sha256(content).hexdigest()
    found.add(digest)
    return b'<' + digest.encode() + b'>'
for message in mailbox.mbox(sys.argv[1], create=False):
    leaves = []
    for part in message.walk():
        if part.is_multipart(): continue
        content = part.get_payload(decode=True) or b''
        text = content.decode('utf-8', 'replace')
        said = [line[9:].strip() for line in text.splitlines() if line.startswith('SHA-256: ')]
        stands = text.startswith('[An attachment was taken out')
        if not stands: content = NOTE.sub(rb'<\\1>', FILE.sub(named, content))
        leaves.append({'digest': hashlib.sha256(content).hexdigest(), 'for': said[0] if stands else ''})
    header = [(name, str(value)) for name, value in message.items() if not name.lower().startswith('content-')]
    print(json.dumps({'header': hashlib.sha256(json.dumps(header).encode()).hexdigest(), 'leaves': leaves, 'inTexts': sorted(found)}))
    found.clear()
`;

interface Read {
  readonly header: string;
  readonly leaves: readonly { readonly digest: string; readonly for: string }[];
  /** The digests of files that are uuencoded in its texts. */
  readonly inTexts: readonly string[];
}

async function read(file: string): Promise<Read[]> {
  const lines = (await runPython(READ, [file])).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Read);
}

function mailkeep(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words, '--json'], {
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it('Python finds everything else as it was, and each attachment by its digest', async () => {
  const file = path.join(folder, 'sample.mbox');
  copyFileSync(SAMPLE, file);
  const before = await read(file);
  const keys = mailkeep('list', file)
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { key: string }).key);
  const saveTo = path.join(folder, 'saved');
  const stripped = JSON.parse(mailkeep('strip', file, '--save-to', saveTo, ...keys));
  expect(stripped.attachments).toBeGreaterThan(3);
  expect(stripped.conflicts).toBe(0);
  const after = new Map((await read(file)).map((message) => [message.header, message]));
  expect(after.size).toBe(new Set(before.map(({ header }) => header)).size);
  const saved = new Set(
    [...filesBelow(saveTo).values()].map((bytes) =>
      createHash('sha256').update(bytes, 'latin1').digest('hex'),
    ),
  );
  let named = 0;
  let inTexts = 0;
  for (const { header, leaves, inTexts: written } of before) {
    inTexts += written.length;
    expect([...saved]).toEqual(expect.arrayContaining([...written]));
    const now = after.get(header);
    expect(now?.leaves).toHaveLength(leaves.length);
    for (const [at, leaf] of (now?.leaves ?? []).entries()) {
      const was = leaves[at]?.digest ?? '';
      expect([leaf.digest, leaf.for]).toContain(was);
      if (leaf.for === '') continue;
      named += 1;
      expect(saved).toContain(was);
    }
  }
  expect(inTexts).toBeGreaterThan(0);
  expect(named + inTexts).toBe(stripped.attachments);
  // And there is nothing left to be taken out.
  const left = mailkeep('list', file).split('\n').filter(Boolean);
  const again = JSON.parse(
    mailkeep('strip', file, ...left.map((line) => (JSON.parse(line) as { key: string }).key)),
  );
  expect(again).toMatchObject({ attachments: 0, amount: { messages: 0, bytes: 0 } });
}, 300_000);

it('what another program changes meanwhile is left alone, and said by the exit status', async () => {
  const file = path.join(folder, 'changed.mbox');
  const saveTo = path.join(folder, 'saved-before');
  const word = 'UEhPVE8=';
  const message = `From a@example.org Thu Jan  1 00:00:00 2004
From: a@example.org
MIME-Version: 1.0
Content-Type: application/octet-stream; name="photo.bin"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="photo.bin"

${word}
`;
  writeFileSync(file, message);
  const [line = ''] = mailkeep('list', file).split('\n');
  const { key } = JSON.parse(line) as { key: string };
  const other = await pythonHolds(file, 'lockf');
  const words = [CLI, 'strip', file, '--save-to', saveTo, key, '--json'];
  const ours = startPeer(process.execPath, words, {});
  // Everything has been looked at by then; what is left is the file, for which it waits.
  const saved = (): boolean => existsSync(saveTo) && filesBelow(saveTo).size > 0;
  await until('the attachment is saved', saved);
  const theirs = message.replace(word, 'VEhFSVJT');
  writeFileSync(file, theirs);
  await other.tell('release');
  const { status, errors } = await ours.ended;
  expect(JSON.parse(errors)).toMatchObject({ code: 'CHANGED', details: { conflicts: 1 } });
  expect(status).toBe(1);
  expect(readFileSync(file, 'latin1')).toBe(theirs);
}, 60_000);
