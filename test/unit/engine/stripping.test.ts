/**
 * Goal: attachments are taken out of messages and nothing else is: texts, other messages and what must
 * stay whole (signed parts, forms of one text, pictures in a text) are what they were.
 * Method: archives with attachments in many places, stripped by the engine, and read by it again.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StripWanted } from '../../../shared/strip-contract.ts';
import type { Archive } from '../../../electron/engine/archive/archive.ts';
import { Stripping } from '../../../electron/engine/removing/stripping.ts';
import { key, messageNumber } from '../../../shared/units.ts';
import { openArchiveAt, openedArchive, testFolder } from '../../support/opened-archive.ts';

const ALL: StripWanted = { bytesMin: 0, pictures: 'keep' };
const PHOTO = Buffer.from(Array.from({ length: 5000 }, (_none, at) => (at * 7919) & 0xff));
const ENCODED = PHOTO.toString('base64').replace(/.{76}/g, '$&\n');
const SHA = createHash('sha256').update(PHOTO).digest('hex');

const FROM = 'From a@example.org Thu Jan  1 00:00:00 2004\n';
const HEAD = `${FROM}From: a@example.org\nSubject: photos\nMIME-Version: 1.0\n`;
const photo = (name: string, more = ''): string =>
  `Content-Type: image/jpeg; name="${name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n${more}\n${ENCODED}\n`;
const text = (words: string): string => `Content-Type: text/plain\n\n${words}\n`;
const mixed = (...parts: readonly string[]): string =>
  `${HEAD}Content-Type: multipart/mixed; boundary=B\n\nPreamble.\n${parts.map((part) => `--B\n${part}`).join('')}--B--\n\n`;
const PLAIN = `${FROM}From: b@example.org\nSubject: plain\n\nNothing here.\n>From us too.\n\n`;

const keysOf = (rows: readonly { readonly key: string }[]) => rows.map((row) => key(row.key));

/** Takes attachments out of an archive; `meanwhile` is called before each look at a message. */
function strippingWith(archive: Archive, meanwhile: () => void): Stripping {
  return new Stripping({
    exporting: archive.exporting,
    exchange: (all) => archive.removing.exchange(all),
    messages: {
      mailbox: archive.mailbox,
      tasks: archive.tasks,
      spanOf: (of) => archive.spanOf(of),
      stored: (of, bytesMax) => {
        meanwhile();
        return archive.stored(of, bytesMax);
      },
      part: (of, from, length) => {
        meanwhile();
        return archive.part(of, from, length);
      },
    },
  });
}

describe('attachments that are taken out', () => {
  it('give way to a text that names them; all else stays byte for byte', async () => {
    const one = mixed(text('Look:'), photo('sea.jpg'), text('Bye.'));
    const { archive, rows, content } = await openedArchive(`${PLAIN}${one}${PLAIN}`);
    const looked = await archive.stripping.look(keysOf(rows), ALL);
    expect(looked).toMatchObject({ amount: { messages: 1 }, attachments: 1 });
    const stripped = await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    expect(stripped).toMatchObject({ amount: { messages: 1 }, attachments: 1, conflicts: 0 });
    const now = content();
    expect(stripped.amount.bytes).toBe(one.length + 2 * PLAIN.length - now.length);
    expect(now.startsWith(PLAIN + PLAIN)).toBe(true);
    const left = now.slice(2 * PLAIN.length);
    const [before = '', after = ''] = one.split(`--B\n${photo('sea.jpg')}`);
    expect(left.startsWith(`${before}--B\nContent-Type: text/plain; charset=utf-8\n`)).toBe(true);
    expect(left.endsWith(after)).toBe(true);
    expect(left).toContain('Name: sea.jpg\nType: image/jpeg\nSize: 5000 bytes\n');
    expect(left).toContain(`SHA-256: ${SHA}\n`);
    expect(archive.count).toBe(3);
    const view = await archive.reading.view(archive.keyOf(messageNumber(2)));
    expect(view.attachments).toEqual([]);
    expect(JSON.stringify(await archive.reading.text(archive.keyOf(messageNumber(2))))).toContain(
      'Bye.',
    );
  });

  it('are saved first where that is wished', async () => {
    const { archive, rows } = await openedArchive(mixed(text('Look:'), photo('sea.jpg')));
    const folder = testFolder();
    const saveTo = { path: folder, ifTaken: 'refuse' } as const;
    const { saved } = await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo });
    expect(saved).toMatchObject({ files: 1, missed: 0 });
    const [inside = ''] = readdirSync(folder);
    const [name = ''] = readdirSync(path.join(folder, inside));
    expect(name).toBe('sea.jpg');
    expect(readFileSync(path.join(folder, inside, name))).toEqual(PHOTO);
  });

  it('are none, and nothing changes, where what there is must stay whole', async () => {
    const signed = `${HEAD}Content-Type: multipart/signed; boundary=S; protocol="application/pgp-signature"\n\n--S\n${photo('a.jpg')}--S\nContent-Type: application/pgp-signature\n\nxyz\n--S--\n\n`;
    const forms = `${HEAD}Content-Type: multipart/alternative; boundary=A\n\n--A\n${text('One')}--A\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--A--\n\n`;
    const shown = `${HEAD}Content-Type: multipart/related; boundary=R\n\n--R\nContent-Type: text/html\n\n<img src="cid:x">\n--R\nContent-Type: image/png\nContent-ID: <x>\nContent-Transfer-Encoding: base64\nContent-Disposition: inline\n\n${ENCODED}\n--R--\n\n`;
    const all = signed + forms + shown + PLAIN;
    const { archive, rows, content } = await openedArchive(all);
    const stripped = await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    expect(stripped).toMatchObject({ amount: { messages: 0, bytes: 0 }, attachments: 0 });
    expect(content()).toBe(all);
    const pictures = { ...ALL, pictures: 'remove' } as const;
    expect(await archive.stripping.look(keysOf(rows), pictures)).toMatchObject({
      amount: { messages: 1 },
    });
  });

  it('that stay are counted, by why: before and after', async () => {
    const signed = `Content-Type: multipart/signed; boundary=S; protocol="application/pgp-signature"\n\n--S\n${photo('a.jpg')}--S\nContent-Type: application/pgp-signature\n\nxyz\n--S--\n`;
    const sealed = `${HEAD}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\nContent-Transfer-Encoding: base64\n\n${ENCODED}\n\n`;
    const inText = `${FROM}From: c@example.org\nSubject: as text\n\nHere.\n\nbegin 644 b.txt\n#0V%T\nSo far.\n\n`;
    const forms = `${HEAD}Content-Type: multipart/alternative; boundary=A\n\n--A\n${text('One')}--A\nContent-Type: text/calendar; name="i.ics"\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--A--\n\n`;
    const all = mixed(text('Look:'), photo('sea.jpg'), signed) + sealed + inText + forms + PLAIN;
    const { archive, rows } = await openedArchive(all);
    const staying = { whole: 2, within: 1, other: 1 };
    const looked = await archive.stripping.look(keysOf(rows), ALL);
    expect(looked).toMatchObject({ attachments: 1, amount: { messages: 1 }, staying });
    // What is too small was not asked for.
    const large = await archive.stripping.look(keysOf(rows), { ...ALL, bytesMin: 4000 });
    expect(large.staying).toEqual({ whole: 2, within: 0, other: 0 });
    const stripped = await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    expect(stripped).toMatchObject({ attachments: 1, staying });
  });

  describe('in Babyl', () => {
    const OPTIONS = 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:\n\u001f';
    const fields = 'From: a@example.org\nSubject: photos\n';
    const shown = `*** EOOH ***\n${fields}\n`;
    const multipart = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n';
    const body = `--B\n${text('Look:')}--B\n${photo('sea.jpg')}--B--\n`;
    const left = /^--B\n.*?\n--B\n(.*?)\n--B--\n/s;
    const plain = '\f\n0,,\n*** EOOH ***\nFrom: b@example.org\nSubject: plain\n\nHello.\n\u001f';

    it.each([
      ['a header that is kept twice', `\f\n1, answered,, work,\n${fields}${multipart}\n${shown}`],
      ['no empty line behind the first', `\f\n1,,\n${fields}${multipart}${shown}`],
      ['one header', `\f\n0,,\n*** EOOH ***\n${fields}${multipart}\n`],
    ])('are taken out behind %s', async (_name, heads) => {
      const { archive, rows, content } = await openedArchive(
        `${OPTIONS}${heads}${body}\u001f${plain}`,
      );
      expect(rows).toHaveLength(2);
      const looked = await archive.stripping.look(keysOf(rows), ALL);
      expect(looked).toMatchObject({ attachments: 1, staying: { whole: 0, within: 0, other: 0 } });
      const stripped = await archive.stripping.run({
        keys: keysOf(rows),
        wanted: ALL,
        saveTo: null,
      });
      expect(stripped).toMatchObject({ amount: { messages: 1 }, attachments: 1, conflicts: 0 });
      const now = content();
      expect(now.startsWith(`${OPTIONS}${plain}${heads}--B\n${text('Look:')}--B\n`)).toBe(true);
      expect(now.endsWith('--B--\n\u001f')).toBe(true);
      const [, instead = ''] = left.exec(now.slice(`${OPTIONS}${plain}${heads}`.length)) ?? [];
      expect(instead).toContain('Name: sea.jpg\nType: image/jpeg\nSize: 5000 bytes\n');
      expect(instead).toContain(`SHA-256: ${SHA}`);
      expect(archive.count).toBe(2);
      const view = await archive.reading.view(archive.keyOf(messageNumber(1)));
      expect(view.attachments).toEqual([]);
    });

    it('are taken out of a message that is not read whole', async () => {
      const heads = `\f\n1,,\n${fields}${multipart}\n${shown}`;
      const long = `--B\n${text('A line.\n'.repeat(2_200_000))}--B\n${photo('sea.jpg')}--B--\n`;
      const { archive, rows, content } = await openedArchive(`${OPTIONS}${heads}${long}\u001f`);
      const stripped = await archive.stripping.run({
        keys: keysOf(rows),
        wanted: ALL,
        saveTo: null,
      });
      expect(stripped).toMatchObject({ attachments: 1, conflicts: 0 });
      const [before = '', after = ''] = long.split(photo('sea.jpg'));
      const now = content();
      expect(now.startsWith(`${OPTIONS}${heads}${before}Content-Type: text/plain`)).toBe(true);
      expect(now.endsWith(`${after}\u001f`)).toBe(true);
    });

    it('that are all of a message stay where its header is kept twice, and are counted', async () => {
      const whole = 'Content-Type: image/jpeg; name="sea.jpg"\nContent-Transfer-Encoding: base64\n';
      const babyl = `${OPTIONS}\f\n1,,\n${fields}${whole}\n${shown}${ENCODED}\n\u001f`;
      const { archive, rows, content } = await openedArchive(babyl);
      const stripped = await archive.stripping.run({
        keys: keysOf(rows),
        wanted: ALL,
        saveTo: null,
      });
      expect(stripped).toMatchObject({
        attachments: 0,
        staying: { whole: 0, within: 0, other: 1 },
      });
      expect(content()).toBe(babyl);
    });
  });

  it('stay if they are smaller than was asked for', async () => {
    const { archive, rows } = await openedArchive(mixed(text('Look:'), photo('sea.jpg')));
    const large = await archive.stripping.look(keysOf(rows), { ...ALL, bytesMin: 5001 });
    expect(large.attachments).toBe(0);
    expect(
      (await archive.stripping.look(keysOf(rows), { ...ALL, bytesMin: 5000 })).attachments,
    ).toBe(1);
  });

  it('may be all that a message is', async () => {
    const whole = `${HEAD}Content-Type: image/jpeg;\n name="sea.jpg"\nContent-Disposition: attachment;\n\tfilename="sea.jpg"\nContent-Transfer-Encoding: base64\nX-Last: kept\n\n${ENCODED}\n\n`;
    const { archive, rows, content } = await openedArchive(whole + PLAIN);
    await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    const left = content().slice(PLAIN.length);
    expect(left).toMatch(
      /^From a@example\.org .*\nFrom: a@example\.org\nSubject: photos\nMIME-Version: 1\.0\nContent-Type: text\/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\nContent-Disposition: inline\nX-Last: kept\n\n\[An attachment/,
    );
    expect(left).toContain(SHA);
    expect(left).not.toContain('image/jpeg;');
  });

  it('are taken out of the last message, too, however the file ends', async () => {
    const letter = mixed(text('Look:'), photo('sea.jpg')).trimEnd();
    for (const end of ['', '\n', '\n\n']) {
      const { archive, rows, content } = await openedArchive(PLAIN + letter + end);
      const { stripping } = archive;
      const done = await stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
      expect(done).toMatchObject({ amount: { messages: 1 }, attachments: 1, conflicts: 0 });
      expect(content().match(/^From /gm)).toHaveLength(2);
      expect(content()).not.toContain(ENCODED.slice(0, 60));
    }
  });

  it('may have any name, and lines may end in any way', async () => {
    const letter = mixed(text('Look:'), photo('=?utf-8?q?gr=C3=BC=C3=9Fe.jpg?='), photo('x.jpg'));
    for (const lineEnd of ['\r\n', '\r']) {
      const file = path.join(testFolder(), 'archive');
      writeFileSync(file, (letter + PLAIN).replaceAll('\n', lineEnd), 'latin1');
      const { archive, rows, content } = await openArchiveAt(file);
      const stripped = await archive.stripping.run({
        keys: keysOf(rows),
        wanted: ALL,
        saveTo: null,
      });
      expect(stripped).toMatchObject({ amount: { messages: 1 }, attachments: 2 });
      const now = Buffer.from(content(), 'latin1').toString('utf8');
      expect(now).toContain(`Name: grüße.jpg${lineEnd}`);
      expect(now).toContain(`SHA-256: ${SHA}${lineEnd}`);
      // Nothing but this line end is there, and both messages are found again.
      expect(now.replaceAll(lineEnd, '').match(/[\r\n]/)).toBeNull();
      expect(archive.count).toBe(2);
    }
  });

  it('leave a Content-Length that is true', async () => {
    const body = `--B\n${text('From here on')}--B\n${photo('sea.jpg')}--B--\n`;
    const letter = `${HEAD}Content-Type: multipart/mixed; boundary=B\nContent-Length: ${body.length}\n\n${body}\n`;
    const { archive, rows, content } = await openedArchive(letter + PLAIN);
    await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    const left = content().slice(PLAIN.length);
    const stated = Number(/Content-Length: (\d+)/.exec(left)?.[1]);
    expect(stated).toBe(left.length - left.indexOf('\n\n') - 2 - 1);
  });

  it('are left alone in what is marked for deletion, and marks stay', async () => {
    const letter = mixed(text('Look:'), photo('sea.jpg'));
    const { archive, rows } = await openedArchive(
      letter + PLAIN + letter.replace('photos', 'more'),
    );
    await archive.removing.remove([messageNumber(0)]);
    const stripped = await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    expect(stripped.amount.messages).toBe(1);
    expect(archive.status().marked.messages).toBe(1);
  });

  it('are named by what they are at the end, whenever another program writes into them', async () => {
    const letter = mixed(text('Look:'), photo('sea.jpg'));
    const line = ENCODED.slice(77, 153);
    const other = Buffer.from(
      `${ENCODED.slice(0, 77)}${'A'.repeat(76)}${ENCODED.slice(153)}`,
      'base64',
    );
    const shaOfOther = createHash('sha256').update(other).digest('hex');
    const outcomes = new Set<string>();
    for (let at = 1; at <= 6; at++) {
      const { archive, rows, path: file, content } = await openedArchive(letter + PLAIN);
      let reads = 0;
      const meanwhile = (): void => {
        reads += 1;
        if (reads === at) writeFileSync(file, content().replace(line, 'A'.repeat(76)), 'latin1');
      };
      const stripping = strippingWith(archive, meanwhile);
      const { conflicts } = await stripping.run({
        keys: keysOf(rows),
        wanted: ALL,
        saveTo: null,
      });
      const now = content();
      const named = /SHA-256: (\w+)/.exec(now)?.[1] ?? 'left alone';
      outcomes.add(named);
      // What was taken out is what was there: nothing goes under the name of what it was before.
      if (named === SHA) expect(reads).toBeLessThan(at);
      if (named === 'left alone') expect(now).toContain('A'.repeat(76));
      // And what was left alone is said.
      expect(conflicts).toBe(named === 'left alone' ? 1 : 0);
    }
    expect([...outcomes].sort()).toEqual(['left alone', SHA, shaOfOther].sort());
  });

  it('stay where another program changes them meanwhile, and each is counted, also beside others', async () => {
    const letters = ['sea.jpg', 'hill.jpg'].map((name) => mixed(text('Look:'), photo(name)));
    const line = ENCODED.slice(77, 153);
    let alone = 0;
    for (let at = 1; at <= 8; at++) {
      const { archive, rows, path: file, content } = await openedArchive(letters.join(''));
      let reads = 0;
      const stripping = strippingWith(archive, () => {
        reads += 1;
        if (reads === at) writeFileSync(file, content().replace(line, 'A'.repeat(76)), 'latin1');
      });
      const { conflicts } = await stripping.run({
        keys: keysOf(rows),
        wanted: ALL,
        saveTo: null,
      });
      const taken = content().match(/SHA-256: /g)?.length ?? 0;
      expect(conflicts).toBe(letters.length - taken);
      if (taken === 1) alone += 1;
    }
    expect(alone).toBeGreaterThan(0);
  });

  it('in MMDF', async () => {
    const mark = '\x01\x01\x01\x01\n';
    const inner = mixed(text('Look:'), photo('sea.jpg')).slice(FROM.length).trimEnd();
    const { archive, rows, content } = await openedArchive(
      `${mark}${inner}\n${mark}${mark}Subject: two\n\nBody\n${mark}`,
    );
    await archive.stripping.run({ keys: keysOf(rows), wanted: ALL, saveTo: null });
    expect(archive.count).toBe(2);
    expect(content()).toContain(`SHA-256: ${SHA}`);
    expect(content().endsWith(`--B--\n${mark}`)).toBe(true);
  });
});
