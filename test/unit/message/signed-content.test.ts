/**
 * Goal: what an S/MIME signature wraps is read like any other part, whatever its program called it; what
 * is encrypted says so, and nothing else does.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesInMemory } from '../../../electron/message/byte-source.ts';
import { OpenMessage } from '../../../electron/message/read-message.ts';
import { readSearchable } from '../../../electron/message/searchable.ts';
import { smimeBody } from '../../../electron/message/signed-content.ts';
import { detached, enveloped, opaque } from '../../support/cms.ts';
import { hasPeer } from '../../support/peers.ts';
import { shownMessage } from '../../support/shown-message.ts';

const PART = [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=iso-8859-1',
  '',
  'Sch\xf6n gesagt',
  '--b',
  'Content-Type: application/zip; name=papers.zip',
  '',
  'PK',
  '--b--',
  '',
].join('\r\n');
const content = Buffer.from(PART, 'latin1');

function message(type: string, body: Buffer): Buffer {
  const lines = body.toString('base64').replace(/.{76}/g, '$&\n');
  return Buffer.from(`Content-Type: ${type}\nContent-Transfer-Encoding: base64\n\n${lines}\n`);
}

const TYPES = [
  'application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
  'application/x-pkcs7-mime; name=smime.p7m',
  'application/octet-stream; name="smime.p7m"',
];

describe('a signature around a part', () => {
  test.each(TYPES)('shows what is in it: %s', async (type) => {
    for (const length of ['definite', 'indefinite'] as const) {
      const stored = message(type, opaque(content, length));
      const view = await shownMessage(stored);
      expect(view.text).toBe('Schön gesagt');
      expect(view.protection).toMatchObject([{ state: 'signed', with: 'smime' }]);
      expect(view.attachments).toMatchObject([{ name: 'smime.p7m' }, { name: 'papers.zip' }]);
      expect(view.attachments.some(({ encrypted }) => encrypted)).toBe(false);
      const open = await OpenMessage.open(bytesInMemory(stored));
      await open.view();
      const zip = await open.part(view.attachments[1]?.part ?? '');
      expect((await zip?.read(0, 10))?.bytes.toString()).toBe('PK');
      expect(textsOf(stored)).toContain('Schön gesagt');
    }
  });

  test('is as good as nothing where its text lies elsewhere', async () => {
    const view = await shownMessage(message(TYPES[1] ?? '', detached()));
    expect(view).toMatchObject({ body: [], protection: [{ state: 'signed' }] });
  });

  test('around one around one, and so on, comes to an end', async () => {
    let inner: Buffer = content;
    for (let depth = 0; depth < 12; depth++) {
      inner = message(TYPES[0] ?? '', opaque(inner, 'definite'));
    }
    const view = await shownMessage(inner);
    expect(view.attachments.length).toBeGreaterThan(0);
    expect(textsOf(inner)).toBe('');
  });

  test.skipIf(!hasPeer('openssl'))('as OpenSSL makes it', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-cms-'));
    try {
      const at = (name: string): string => path.join(folder, name);
      const openssl = (...words: string[]): void => {
        expect(spawnSync('openssl', words, { input: '', timeout: 60_000 }).status).toBe(0);
      };
      writeFileSync(at('part'), content);
      const made = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Ann', '-days', '2'];
      openssl('req', '-x509', ...made, '-keyout', at('key'), '-out', at('cert'));
      const sign = ['cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-in', at('part')];
      const who = ['-signer', at('cert'), '-inkey', at('key')];
      openssl(...sign, ...who, '-out', at('whole'));
      openssl(...sign, '-stream', '-indef', ...who, '-out', at('streamed'));
      const secret = ['cms', '-encrypt', '-outform', 'DER', '-in', at('part')];
      openssl(...secret, '-out', at('secret'), at('cert'));
      for (const name of ['whole', 'streamed']) {
        expect(smimeBody(readFileSync(at(name)))?.content?.equals(content)).toBe(true);
      }
      expect(smimeBody(readFileSync(at('secret')))).toEqual({ is: 'encrypted', content: null });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('what is encrypted says so, also when its type does not', async () => {
  const view = await shownMessage(message(TYPES[1] ?? '', enveloped()));
  expect(view).toMatchObject({
    body: [{ kind: 'encrypted', with: 'smime' }],
    protection: [{ state: 'encrypted' }],
    attachments: [{ encrypted: true }],
  });
});

test('any bytes, and any end of true ones, are read without harm', () => {
  const whole = opaque(content, 'indefinite');
  for (let end = 0; end < whole.length; end++) smimeBody(whole.subarray(0, end));
  fc.assert(
    fc.property(fc.nat(60), fc.nat(255), fc.uint8Array({ maxLength: 200 }), (at, byte, bytes) => {
      const spoilt = Buffer.from(whole);
      spoilt[at] = byte;
      smimeBody(spoilt);
      smimeBody(Buffer.from(bytes));
    }),
  );
  // A thousand beginnings without an end.
  expect(smimeBody(Buffer.alloc(100_000, Buffer.from([0x30, 0x80])))).toBeNull();
});

function textsOf(stored: Buffer): string {
  const texts: string[] = [];
  readSearchable(stored, {
    bytes: () => false,
    text: (text) => void texts.push(text),
    nextText: () => undefined,
    attachment: () => undefined,
  });
  return texts.join(' ');
}
