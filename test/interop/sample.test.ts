/**
 * Goal: the sample archive is a mailbox to other programs too, not only to the reader it was made
 * for. Method: Python's mailbox and email modules count it, decode it and take it apart.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { sampleArchive } from '../../build/sample/sample.mjs';
import { hasPeer, runPython } from '../support/peers.ts';

const PYTHON = `
import email.header, json, mailbox, sys
def text(value):
    return '' if value is None else str(email.header.make_header(email.header.decode_header(value)))
found = []
for message in mailbox.mbox(sys.argv[1], create=False):
    parts = list(message.walk())
    files = [part for part in parts if part.get_content_disposition() == 'attachment']
    raw = any(ord(one) > 127 for one in str(message.get('subject', '')))
    known = 'x-marrowfield' not in str(message.get('subject', ''))
    found.append({
        'subject': None if raw or not known else ' '.join(text(message['subject']).split()),
        'files': [[part.get_content_type(), len(part.get_payload(decode=True))] for part in files],
        'broken': any(part.defects for part in parts),
    })
print(json.dumps(found))
`;

interface Found {
  /** Null where the header is not what the standard allows. */
  readonly subject: string | null;
  readonly files: readonly (readonly [string, number])[];
  readonly broken: boolean;
}

const folder = mkdtempSync(path.join(tmpdir(), 'mailkeep-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(!hasPeer('python3'))('Python reads the sample archive as it was written', async () => {
  const { bytes, messages } = sampleArchive();
  const file = path.join(folder, 'sample.mbox');
  writeFileSync(file, bytes);
  const found: readonly Found[] = JSON.parse(await runPython(PYTHON, [file]));
  expect(found.length).toBe(messages.length);
  for (const [number, { kind, subject, attachments }] of messages.entries()) {
    const theirs = found[number];
    const written = subject.replace(/\s+/g, ' ').trim();
    if (theirs?.subject !== null && kind !== 'bidi-override') {
      expect(theirs?.subject, kind).toBe(written);
    }
    expect(theirs?.files, kind).toEqual(attachments.map(({ type, bytes: size }) => [type, size]));
    expect(theirs?.broken, kind).toBe(kind === 'unclosed-multipart');
  }
});
