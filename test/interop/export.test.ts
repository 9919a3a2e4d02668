/**
 * Other programs read what is taken out: Python's mailbox module the mboxes, Maildirs and MH folders,
 * its csv module the tables. Messages are byte for byte what Python finds in the archive, with the
 * flags that Python itself would give them.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../support/corpus.ts';
import { filesBelow } from '../support/exported.ts';
import { runPython } from '../support/peers.ts';
import { CLI } from '../support/served.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');
const corpus = openCorpus();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mailkeep(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

function exported(file: string, as: string, name: string, ...words: readonly string[]): string {
  const to = path.join(folder, name);
  const { status, stderr } = mailkeep('export', file, '--to', to, '--as', as, ...words);
  if (status !== 0) throw new Error(stderr);
  return to;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of each message: its digest, its flags as a Maildir has them, its sequences as MH has them. */
const READ = `
import hashlib, json, mailbox, sys
kind, path = sys.argv[1:3]
box = {'mbox': mailbox.mbox, 'maildir': mailbox.Maildir, 'mh': mailbox.MH}[kind](path, create=False)
keys = list(box.keys())
if kind == 'maildir': keys.sort(key=lambda key: int(key.split('Q')[1].split('.')[0]))
if kind == 'mh': keys.sort(key=int)
for key in keys:
    message = box[key]
    has = any(name in message for name in ('status', 'x-status'))
    flags = mailbox.MaildirMessage(message).get_flags()
    print(json.dumps({
        'digest': hashlib.sha256(box.get_bytes(key)).hexdigest(), 'stated': has, 'flags': flags,
        'from': message.get_from() if kind == 'mbox' else '',
        'draft': kind == 'mbox' and 'T' in message.get_flags(),
        'old': kind == 'mbox' and 'O' in message.get_flags(),
        'subdir': message.get_subdir() if kind == 'maildir' else '',
        'sequences': sorted(mailbox.MHMessage(message).get_sequences())}))
`;

interface Read {
  readonly digest: string;
  readonly stated: boolean;
  readonly flags: string;
  readonly from: string;
  readonly old: boolean;
  readonly draft: boolean;
  readonly subdir: string;
  readonly sequences: readonly string[];
}

async function pythonReads(kind: 'mbox' | 'maildir' | 'mh', file: string): Promise<Read[]> {
  const lines = await runPython(READ, [kind, file], { limitMs: 120_000 });
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Read);
}

const digests = (messages: readonly Read[]): string[] => messages.map((one) => one.digest);

/** An archive that Python and we read as the same messages, with flags of every kind. */
function flagged(): string {
  const states = [
    'Status: RO',
    'Status: O',
    'Status: R\nX-Status: AF',
    'Status: RO\nX-Status: ADFT',
    'Status: U\nX-Status: ',
    'X-Status: F',
  ];
  const letters = states.map(
    (state, at) =>
      `From a${at}@example.org Thu Jan  1 00:00:0${at} 2004\nSubject: ${at}\n${state}\n\n>From a\n>>From b\nGr\u00fc\u00dfe ${at}\n\n`,
  );
  const file = path.join(folder, 'flagged.mbox');
  writeFileSync(file, letters.join(''));
  return file;
}

describe('Python reads', () => {
  it.each(['sample', 'flagged'])(
    'the mbox, Maildir and MH folder of the %s archive',
    async (name) => {
      const file = name === 'sample' ? SAMPLE : flagged();
      const source = await pythonReads('mbox', file);
      const mbox = await pythonReads('mbox', exported(file, 'mbox', `${name}-mbox`));
      expect(mbox).toEqual(source);
      expect(source.length).toBeGreaterThan(5);
      const maildir = await pythonReads(
        'maildir',
        exported(file, 'maildir', `${name}-maildir`, '--keep-quoting'),
      );
      expect(digests(maildir)).toEqual(digests(source));
      const mh = await pythonReads('mh', exported(file, 'mh', `${name}-mh`, '--keep-quoting'));
      expect(digests(mh)).toEqual(digests(source));
      let stated = 0;
      for (const [at, message] of source.entries()) {
        // Of what no program has marked, we say that it was read, as in our lists.
        if (!message.stated) continue;
        stated += 1;
        // Python has no word for the drafts of an mbox; a Maildir has.
        expect(maildir[at]?.flags.replace('D', '')).toBe(message.flags);
        expect(maildir[at]?.flags.includes('D')).toBe(message.draft);
        if (message.old) expect(maildir[at]?.subdir).toBe('cur');
        expect(mh[at]?.sequences).toEqual(message.sequences);
      }
      expect(stated).toBeGreaterThan(5);
    },
  );

  it('the mboxrd, in which nothing of a message is lost', async () => {
    const eml = exported(SAMPLE, 'eml', 'eml', '--name', '{number}', '--keep-quoting');
    const mboxrd = exported(SAMPLE, 'mboxrd', 'sample.mboxrd', '--keep-quoting');
    const unquoted = `
import hashlib, mailbox, re, sys
box = mailbox.mbox(sys.argv[1], create=False)
for key in box.keys():
    message = box.get_bytes(key)
    header, gap, body = message.partition(b'\\n\\n')
    body = re.sub(rb'(?m)^>(>*From )', rb'\\1', body)
    print(hashlib.sha256(header + gap + body).hexdigest())
`;
    const found = (await runPython(unquoted, [mboxrd])).trim().split('\n');
    const files = [...filesBelow(eml)].sort();
    const ended = files.map(([, bytes]) => (bytes.endsWith('\n') ? bytes : `${bytes}\n`));
    expect(found).toHaveLength(files.length);
    const differ = ended.filter((bytes, at) => digest(Buffer.from(bytes, 'latin1')) !== found[at]);
    // A header without a body, and one whose header says nothing, are laid out otherwise.
    expect(differ.length).toBeLessThanOrEqual(3);
  });

  it('X-Mozilla-Status and the attributes of Babyl as flags', async () => {
    const mozilla = path.join(folder, 'mozilla');
    const states = ['0001', '0003', '1005', '0008', '0000'];
    const letters = states.map(
      (state) => `From - Thu Jan  1 00:00:00 2004\nX-Mozilla-Status: ${state}\nSubject: x\n\nx\n\n`,
    );
    writeFileSync(mozilla, letters.join(''));
    const read = await pythonReads('maildir', exported(mozilla, 'maildir', 'mozilla-maildir'));
    expect(read.map(({ flags }) => flags)).toEqual(['S', 'RS', 'FPS', 'T', '']);
    expect(read.map(({ subdir }) => subdir)).toEqual(['cur', 'cur', 'cur', 'cur', 'new']);

    const babyl = path.join(folder, 'babyl');
    const lines = ['', ' unseen,', ' answered, forwarded,', ' deleted, resent,'];
    const stored = lines.map(
      (attributes) => `\x1f\x0c\n0,${attributes}, mine,\n*** EOOH ***\nSubject: x\n\nx\n`,
    );
    writeFileSync(
      babyl,
      `BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels: mine\n${stored.join('')}\x1f`,
    );
    const from = await pythonReads('maildir', exported(babyl, 'maildir', 'babyl-maildir'));
    expect(from.map(({ flags }) => flags)).toEqual(['S', '', 'PRS', 'PST']);
  });

  it('the table, in which no cell is a formula; JSON lines are what `list` says', async () => {
    const file = path.join(folder, 'formulas.mbox');
    const subjects = [
      '=1+1',
      '+cmd|x',
      '-2',
      '@SUM(A1)',
      'a, "b"',
      'Gr\u00fc\u00dfe',
      '\t=tab',
      'plain',
    ];
    const letters = subjects.map((subject) => {
      const encoded = `=?utf-8?b?${Buffer.from(subject).toString('base64')}?=`;
      return `From a@example.org Thu Jan  1 00:00:00 2004\nFrom: "=x" <a@example.org>\nTo: b@example.org\nSubject: ${encoded}\n\nx\n\n`;
    });
    writeFileSync(file, letters.join(''));
    const csv = exported(file, 'csv', 'formulas.csv');
    const code =
      'import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig")))))';
    const rows = JSON.parse(await runPython(code, [csv])) as Record<string, string>[];
    for (const row of rows) {
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
    const shown = subjects.map((subject) => subject.trim());
    expect(rows.map((row) => (row['subject'] ?? '').replace(/^'/, ''))).toEqual(shown);
    expect(rows.map((row) => row['from'])).toEqual(subjects.map(() => "'=x"));
    expect(readFileSync(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    for (const archive of [file, SAMPLE]) {
      const json = exported(archive, 'json', `${path.basename(archive)}.jsonl`);
      expect(readFileSync(json, 'utf8')).toBe(mailkeep('list', archive, '--json').stdout);
    }
  });

  it('attachments as the files they were', async () => {
    const to = exported(SAMPLE, 'attachments', 'attachments', '--flat');
    const code = `
import email, email.policy, hashlib, mailbox, sys
for message in mailbox.mbox(sys.argv[1], create=False, factory=None):
    for part in email.message_from_bytes(bytes(message), policy=email.policy.default).walk():
        if part.get_content_disposition() == 'attachment' and not part.is_multipart():
            print(hashlib.sha256(part.get_payload(decode=True) or b'').hexdigest())
`;
    const expected = new Set((await runPython(code, [SAMPLE])).trim().split('\n'));
    const found = new Set(
      [...filesBelow(to).values()].map((bytes) => digest(Buffer.from(bytes, 'latin1'))),
    );
    const missing = [...expected].filter((one) => !found.has(one));
    expect(expected.size).toBeGreaterThan(10);
    // Text and calendars that Python converts in their line ends.
    expect(missing.length).toBeLessThanOrEqual(expected.size / 10);
  });
});

describe('the terminal', () => {
  const keys = (): string[] =>
    mailkeep('list', SAMPLE, '--json', '--limit', '3')
      .stdout.trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { key: string }).key);

  it('takes out what is named, in that order, and says what it did', () => {
    const [one = '', two = '', three = ''] = keys();
    const to = path.join(folder, 'named');
    const words = ['--as', 'eml', '--name', '{number}', '--json', three, one];
    const { status, stdout } = mailkeep('export', SAMPLE, '--to', to, ...words);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      as: 'eml',
      path: to,
      messages: 2,
      files: 2,
      missed: 0,
    });
    const shown = mailkeep('show', SAMPLE, three).stdout;
    const file = readFileSync(path.join(to, '000001.eml'), 'latin1');
    expect(shown).toContain(/^Subject: ([\w ]*)/m.exec(file)?.[1] ?? '?');
    expect(two).not.toBe('');
  });

  it('refuses what makes no sense with 2, and what cannot be done with 1; nothing is written', () => {
    const to = path.join(folder, 'refused');
    expect(mailkeep('export', SAMPLE, '--as', 'eml').status).toBe(2);
    expect(mailkeep('export', SAMPLE, '--to', to).status).toBe(2);
    expect(mailkeep('export', SAMPLE, '--to', to, '--as', 'pst').status).toBe(2);
    const template = mailkeep('export', SAMPLE, '--to', to, '--as', 'eml', '--name', '{x}');
    expect(template.status).toBe(2);
    expect(template.stderr).toContain('{x}');
    expect(mailkeep('export', SAMPLE, '--to', SAMPLE, '--as', 'mbox').status).toBe(2);
    const gone = mailkeep('export', SAMPLE, '--to', to, '--as', 'eml', '0123456789abcdef');
    expect(gone.status).toBe(1);
    expect(() => filesBelow(to)).toThrow();
    expect(mailkeep('--help').stdout).toContain('export FILE --to PLACE --as eml|mbox');
  });
});

describe.skipIf(corpus === null)('real mail', () => {
  it('a mailbox of 102,720 messages, each byte for byte', () => {
    const file = corpus?.bigMailbox ?? '';
    const eml = exported(file, 'eml', 'big', '--name', '{number}', '--keep-quoting');
    const mbox = exported(file, 'mbox', 'big.mbox');
    const source = readFileSync(file);
    expect(readFileSync(mbox).equals(source)).toBe(true);
    const offsets: number[] = [];
    const expected = new Map((corpus?.expected() ?? []).map((one) => [one.path, one]));
    for (const part of corpus?.parts() ?? []) {
      const known = expected.get(part.path);
      for (const message of known?.messages ?? []) {
        offsets.push(part.offset + message.msg_offset, message.msg_length);
      }
    }
    const code = (at: number): string => String(at).padStart(6, '0');
    let differ = 0;
    const messages = offsets.length / 2;
    for (let at = 0; at < messages; at++) {
      const offset = offsets[2 * at] ?? 0;
      const message = source.subarray(offset, offset + (offsets[2 * at + 1] ?? 0));
      const written = readFileSync(path.join(eml, `${code(at + 1)}.eml`));
      if (!written.equals(message)) differ += 1;
    }
    expect(messages).toBe(102_720);
    expect(differ).toBe(0);
    // Each of the files is synced: how long that takes is the disk's affair.
  }, 600_000);
});
