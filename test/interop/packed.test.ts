/**
 * Compressed archives through the terminal program: listed, shown and exported as Python reads what the
 * real programs expand; never changed; never taken for whole if they are not; nothing left behind.
 */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numberedLetters } from '../support/letters.ts';
import { CLI, Served } from '../support/served.ts';

const LETTERS = numberedLetters('us', 300, 3000);
const MAILBOX = Buffer.from(LETTERS.join(''));

let folder = '';
let cache = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-packed-'));
  cache = path.join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: cache, XDG_STATE_HOME: path.join(folder, 'state') },
    maxBuffer: 2 ** 28,
  });
  const values = stdout.split('\n').filter((line) => line !== '');
  return { status, rows: values.map((line) => JSON.parse(line)), stderr };
}

function put(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const packedBy = (program: string, bytes: Uint8Array): Buffer =>
  execFileSync(program, ['-c'], { input: bytes, maxBuffer: 2 ** 28 });

/** What the terminal program lists of the same mail that is not compressed. */
function plainRows() {
  const { rows } = run('list', put('plain/box', MAILBOX), '--digest');
  expect(rows).toHaveLength(LETTERS.length);
  return rows;
}

/** A ZIP file made by Python. */
function zipped(name: string, entries: Readonly<Record<string, Uint8Array>>, method = 8): string {
  const inside = Object.keys(entries).map((entry, at) => {
    writeFileSync(path.join(folder, `part${at}`), entries[entry] ?? '');
    return [path.join(folder, `part${at}`), entry];
  });
  const file = path.join(folder, name);
  execFileSync('python3', [
    '-c',
    'import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],"w",int(sys.argv[3]))\nfor p,n in json.loads(sys.argv[2]): z.writestr(zipfile.ZipInfo(n),open(p,"rb").read(),int(sys.argv[3]))\nz.close()',
    file,
    JSON.stringify(inside),
    String(method),
  ]);
  return file;
}

const expanded = (): readonly string[] => readdirSync(path.join(cache, 'mailkeep/expanded'));

describe.each(['gzip', 'bzip2', 'xz', 'zstd'])('an archive compressed by %s', (program) => {
  it('is listed as it is, whatever its name', () => {
    const file = put('Old mail', packedBy(program, MAILBOX));
    const listed = run('list', file, '--digest');
    expect(listed.stderr).toBe('');
    expect(listed.rows).toEqual(plainRows());
    expect(expanded()).toEqual([]);
  });

  it('is shown, verified and exported', () => {
    const file = put('mail.mbox.packed', packedBy(program, MAILBOX));
    const [first] = run('list', file).rows;
    const raw = spawnSync(process.execPath, [CLI, 'show', file, first.key, '--raw'], {
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
    expect(raw.stdout.toString()).toBe(LETTERS[0]);
    expect(run('verify', file).status).toBe(0);
    const to = path.join(folder, 'exported');
    expect(run('export', file, '--to', to, '--as', 'mbox').status).toBe(0);
  });

  it('is refused kindly where it would be changed, and stays as it is', () => {
    const bytes = packedBy(program, MAILBOX);
    const file = put('mail', bytes);
    const [first] = run('list', file).rows;
    const refused = run('delete', file, first.key);
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stderr)).toMatchObject({
      code: 'READ_ONLY',
      sentence: expect.stringContaining('compressed'),
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('mail'))).toEqual(['mail']);
  });

  it('is not taken for whole when it ends too early', () => {
    // Mail that differs enough for several blocks of bzip2.
    const many = numberedLetters('many', 900, 4000).join('');
    const bytes = packedBy(program, Buffer.from(many));
    const file = put('cut', bytes.subarray(0, Math.floor(bytes.length * 0.9)));
    const listed = run('list', file);
    expect(listed.status).toBe(1);
    expect(JSON.parse(listed.stderr)).toMatchObject({ code: 'INCOMPLETE' });
    expect(listed.rows.length).toBeLessThan(900);
  });
});

/** What `zip` cannot do. @param script puts the mailbox `argv[2]` into a `ZipFile` that it calls z */
function zippedByPython(name: string, script: string): string {
  const file = path.join(folder, name);
  const inbox = path.join(folder, 'Inbox');
  writeFileSync(inbox, MAILBOX);
  execFileSync('python3', ['-c', `import sys,zipfile\n${script}\nz.close()`, file, inbox]);
  return file;
}

const longLines = (subject: string, times: number): string =>
  `From ann@village.example Thu Jan  1 00:00:00 2004\nFrom: ann@village.example\nSubject: ${subject}\n\n${Array.from(
    'aaaabbbbcccc'.repeat(times),
    (letter) => `${letter.repeat(4249)}\n`,
  ).join('')}\n`;
const LONG_LINES = Buffer.from(longLines('once', 1) + longLines('and again', 2));

/** `LONG_LINES` as 7-Zip 22.01 put it into ZIP files. */
const BY_7_ZIP = {
  Deflate64:
    'UEsDBBUAAAAJAEN4fF1DlYaC5wIAAGVWAgAFAAAASW5ib3jk3ztuAkEQRdG8V1ErsMaWo4kcOXBqNtAMLT4aGoQA' +
    'sXwEMSlSSeeo0trAzd7v6bCP2vvPdTvPdd0+2q3uj3OLxeYSf7VHfMYwjM+Lr2H4Lo+P8dVL+b8sd206j3HoUyul' +
    '8ng8Ho/H4/F4PB6Px+NlwZcJHo/H4/F4PB6Px+PxeHnwZYLH4/F4PB6Px+PxeDxeHnyZ4PF4PB6Px+PxeDwej5dH' +
    'WfJ4PB6Px+PxeDwej8fjZcGXCR6Px+PxeDwej8fj8Xh58GWCx+PxeDwej8fj8Xg8Xh58meDxeDwej8fj8Xg8Ho+X' +
    'R5l4PB6Px+PxeDwej8fj8bLgywSPx+PxeDwej8fj8Xi8PPgywePxeDwej8fj8Xg8Hi8PvkzweDwej8fj8Xg8Ho/H' +
    'y6OUt2zyqH0VdV23nR/mwePxeDwej8fj8Xg8Hi8RvkzweDwej8fj8Xg8Ho/Hy4MvEzwej3cn945pAAAAAAT1b20N' +
    'N4jhJY/H4/F4PB6Px/vgywSPx+PxeDwej8fj8Xi8D37lisfj8Xg8Ho/H4/F4PN4HXyZ4PB6Px+PxeDwej8fjffBl' +
    'gsfj8Xg8Ho/H4/F4PN4HXyZ4PB6Px+PxeDwej8fjffArVzwej8fj8Xg8Ho/H4/E++DLB4/F4PB6Px+PxeDwe74Mv' +
    'Ezwej8fj8Xg8Ho/H4/E++DLB4/F4PB6Px+PxeDwe74M/reLxeDwej8fj8Xg8Ho/3wZcJHo/H4/F4PB6Px+PxeB98' +
    'meDxeDwej8fj8Xg8Ho/3wZcJHo/H4/F4PB6Px+PxeB/8aRWPx+PxeDwej1e5d0wDAADAIOyff8GzQdLK4ILH4/F4' +
    'HXyZ4PF4PB6Px+PxeDwej9fBlwkej8fj8Xg8Ho/H4/F4HXyZ4PF4PB6Px+PxeDwej9fBn1bxeDwej8fj8Xg8Ho/H' +
    '6+DLBI/H4/F4PB6Px+PxeLwOvkzweDwej8fj8Xg8Ho/H6+DLBI/H4/F4PB6Px+PxeLyO7VBLAQI/AxUAAAAJAEN4' +
    'fF1DlYaC5wIAAGVWAgAFACQAAAAAAAAAIICkgQAAAABJbmJveAoAIAAAAAAAAQAYAESoim5Jf90BAAAAAAAAAAAA' +
    'AAAAAAAAAFBLBQYAAAAAAQABAFcAAAAKAwAAAAA=',
  'LZMA with a mark at its end':
    'UEsDBD8AAgAOAEN4fF1DlYaC8gAAAGVWAgAFAAAASW5ib3gaAQUAXQAAAwAAIxyJ5vbf+CF/ox5miqNmPV8EhoQv' +
    'BPkebBwSjKQtqU8blEIUqxYpx+oMRsNzRzXgqHb57yel3RTct6712IbvnNU9oTi9b7PbrDAw35nT1vUltcS/wAo/' +
    'SjOszlSfY/r6kEjaSMH5RISrUjaXCCSseZgMyqjadI2F7T7GO98garv+o1BUvwKnqyJybgb1Aak0BjuseRM9OBbk' +
    'bcv4G/CKEGJWINCmceSy2hb+AJ6bEAdXPGp1mQAsT2kWdoDtHobuoQKsaiaaUyn1FiW/QLrNxkoJH/na7ZX4j1hR' +
    'hlUIgeJEXP3//rbmblBLAQI/Az8AAgAOAEN4fF1DlYaC8gAAAGVWAgAFACQAAAAAAAAAIICkgQAAAABJbmJveAoA' +
    'IAAAAAAAAQAYAESoim5Jf90BAAAAAAAAAAAAAAAAAAAAAFBLBQYAAAAAAQABAFcAAAAVAQAAAAA=',
  'LZMA without one':
    'UEsDBD8AAAAOAEN4fF1DlYaC7QAAAGVWAgAFAAAASW5ib3gaAQUAXQAAAwAAIxyJ5vbf+CF/ox5miqNmPV8EhoQv' +
    'BPkebBwSjKQtqU8blEIUqxYpx+oMRsNzRzXgqHb57yel3RTct6712IbvnNU9oTi9b7PbrDAw35nT1vUltcS/wAo/' +
    'SjOszlSfY/r6kEjaSMH5RISrUjaXCCSseZgMyqjadI2F7T7GO98garv+o1BUvwKnqyJybgb1Aak0BjuseRM9OBbk' +
    'bcv4G/CKEGJWINCmceSy2hb+AJ6bEAdXPGp1mQAsT2kWdoDtHobuoQKsaiaaUyn1FiW/QLrNxkoJH/na7ZX4j1hR' +
    'hlUIgd7mf/pQSwECPwM/AAAADgBDeHxdQ5WGgu0AAABlVgIABQAkAAAAAAAAACCApIEAAAAASW5ib3gKACAAAAAA' +
    'AAEAGABEqIpuSX/dAQAAAAAAAAAAAAAAAAAAAABQSwUGAAAAAAEAAQBXAAAAEAEAAAAA',
};

describe('a ZIP file', () => {
  it.each([
    ['stored', 0],
    ['deflated', 8],
    ['of bzip2', 12],
    ['of LZMA', 14],
  ])('with one archive, %s, is that archive', (_name, method) => {
    const file = zipped('one.zip', { 'read me.txt': Buffer.from('Hello'), Inbox: MAILBOX }, method);
    for (const one of [file, `${file}/Inbox`]) {
      const { status, rows, stderr } = run('list', one, '--digest');
      expect(rows).toEqual(plainRows());
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });

  it('made by zip, of mail that becomes far smaller, is read to its end', () => {
    const plain = put('Inbox', Buffer.from(LETTERS.join('').repeat(5)));
    const file = path.join(folder, 'made.zip');
    execFileSync('zip', ['-q', '-j', file, plain]);
    const { status, rows, stderr } = run('list', file);
    expect({ status, stderr, messages: rows.length }).toEqual({
      status: 0,
      stderr: '',
      messages: 1500,
    });
  });

  it('with several archives names them, and each opens as in a folder', () => {
    const file = zipped('two.zip', {
      'Mail/Inbox': MAILBOX,
      'Mail/../../escape.mbox': Buffer.from(LETTERS[1] ?? ''),
    });
    const refused = run('list', file);
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stderr).details.entries).toEqual([
      'Mail/Inbox',
      'Mail/../../escape.mbox',
    ]);
    expect(run('list', `${file}/Mail/Inbox`, '--digest').rows).toEqual(plainRows());
    expect(run('list', `${file}/Mail/Nothing`).stderr).toContain('NOT_FOUND');
    expect(run('info', `${file}/Mail/Inbox`).rows[0]).toMatchObject({ messages: 300 });
  });

  it('holds archives that are compressed themselves', () => {
    const file = zipped('nested.zip', { 'a.gz': gzipSync(MAILBOX), b: Buffer.from('no mail') });
    expect(run('list', file, '--digest').rows).toEqual(plainRows());
    expect(expanded()).toEqual([]);
  });

  it('that is damaged says so, wherever it is', () => {
    const whole = readFileSync(zipped('whole.zip', { Inbox: MAILBOX }));
    expect(run('list', put('cut.zip', whole.subarray(0, -30))).stderr).toContain('damaged');
    const altered = Buffer.from(whole);
    altered.fill(0xff, 4000, 4040);
    const listed = run('list', put('altered.zip', altered));
    expect(listed.status).toBe(1);
    expect(listed.stderr).toMatch(/INCOMPLETE|NOT_A_MAILBOX/);
  });

  it('that is encrypted says so', () => {
    const plain = put('Inbox', MAILBOX);
    const file = path.join(folder, 'secret.zip');
    execFileSync('zip', ['-q', '-j', '-P', 'secret', file, plain]);
    expect(run('list', file).stderr).toContain('encrypted');
    expect(run('list', `${file}/Inbox`).stderr).toContain('encrypted');
  });

  it.each(Object.entries(BY_7_ZIP))('made by 7-Zip, of %s, is read to its end', (_name, base64) => {
    const file = put('by 7-Zip.zip', Buffer.from(base64, 'base64'));
    const { status, rows, stderr } = run('list', file, '--digest');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(rows).toEqual(run('list', put('long lines', LONG_LINES), '--digest').rows);
    expect(rows).toMatchObject([{ subject: 'once' }, { subject: 'and again' }]);
  });

  it('of LZMA that is cut off shows what there is, and says so', () => {
    const whole = readFileSync(zipped('lzma.zip', { Inbox: MAILBOX }, 14));
    const altered = Buffer.from(whole);
    altered.fill(0xff, whole.length / 2, whole.length / 2 + 40);
    const listed = run('list', put('altered.zip', altered));
    expect(listed.status).toBe(1);
    expect(listed.stderr).toMatch(/INCOMPLETE|NOT_A_MAILBOX/);
  });

  it('that is compressed in a way nobody here knows says so, instead of that it holds no mail', () => {
    const odd = readFileSync(zipped('stored.zip', { Inbox: MAILBOX }, 0));
    // As if it were PPMd.
    odd.writeUInt16LE(98, 8);
    odd.writeUInt16LE(98, odd.indexOf('PK\x01\x02') + 10);
    const file = put('odd.zip', odd);
    expect(run('list', file).stderr).toContain('compressed in a way that Mailkeep does not know');
    expect(run('list', `${file}/Inbox`).stderr).toContain('does not know');
  });

  it('of more than four gigabytes by its numbers (ZIP64) opens', () => {
    const file = zippedByPython(
      'large.zip',
      'z=zipfile.ZipFile(sys.argv[1],"w",8)\nwith z.open(zipfile.ZipInfo("Inbox"),"w",force_zip64=True) as f: f.write(open(sys.argv[2],"rb").read())',
    );
    expect(run('list', file, '--digest').rows).toEqual(plainRows());
  });
});

it('a compressed bomb is stopped, and said to be', { timeout: 120_000 }, () => {
  const head = Buffer.from(LETTERS.slice(0, 5).join(''));
  const bomb = Buffer.concat([gzipSync(head), gzipSync(Buffer.alloc(900 * 1024 * 1024, 'a'))]);
  const listed = run('list', put('bomb', bomb));
  expect(listed.status).toBe(1);
  expect(listed.stderr).toContain('more than is usual');
  expect(expanded()).toEqual([]);
});

it('an engine killed while it expands leaves nothing for the next start', async () => {
  const file = put('large.gz', gzipSync(Buffer.alloc(300 * 1024 * 1024, MAILBOX), { level: 1 }));
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const child = spawn(process.execPath, [CLI, 'list', file], { env, stdio: 'ignore' });
  const place = path.join(cache, 'mailkeep/expanded');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => existsSync(place), { timeout: 30_000 }).toBe(true);
  child.kill('SIGKILL');
  await ended;
  // As on a system where a file keeps its name while it is open.
  writeFileSync(
    path.join(place, `${child.pid}-${'0'.repeat(8)}-aaaa-bbbb-cccc-${'1'.repeat(12)}`),
    'x',
  );
  expect(run('info', put('small.gz', gzipSync(MAILBOX))).status).toBe(0);
  expect(expanded()).toEqual([]);
});

it('another file under the name is read anew', async () => {
  const file = put('mail.gz', gzipSync(MAILBOX));
  const engine = new Served({ environment: { XDG_CACHE_HOME: cache } });
  await engine.call('open', { path: file });
  const more = [...LETTERS, ...numberedLetters('more', 3, 500)].join('');
  writeFileSync(file, gzipSync(more));
  expect(await engine.call('sync')).toMatchObject({ arrived: 3, gone: 0 });
  await engine.close();
});
