/**
 * The packages: made by the one configuration there is, with every fuse closed, unpacked, and started as
 * a person starts them.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readIndependently } from '../support/independent-reader.ts';
import { makePackages, openPackaged, PACKAGES, ran } from '../support/packaged.ts';
import { archiveIn, SAMPLE, theWholeWayOnce } from '../support/story.ts';
import { workFolder } from '../support/window.ts';

const PACKED = path.join(PACKAGES, 'linux-unpacked');
const RESOURCES = path.join(PACKED, 'resources');
const PACKAGING_MS = 10 * 60_000;

/** Where the fuses stand in the executable, as digits behind these letters, a version and a length. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const CLOSED = {
  runAsNode: '0',
  cookies: '1',
  nodeOptions: '0',
  inspect: '0',
  integrity: '1',
  onlyAsar: '1',
};

/** What an asar archive says of its files, behind 16 bytes of lengths. */
interface Listed {
  readonly files?: Readonly<Record<string, Listed>>;
}

const namesIn = ({ files = {} }: Listed): string[] =>
  Object.entries(files).flatMap(([name, inside]) => [name, ...namesIn(inside)]);

function packageEnding(ending: string): string {
  const name = readdirSync(PACKAGES).find((one) => one.endsWith(ending));
  if (!name) throw new Error(`no package ${ending}`);
  return path.join(PACKAGES, name);
}

function mustRun(program: string, words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${error ?? stdout + stderr}`);
  return stdout;
}

const hasProgram = (program: string): boolean => !spawnSync(program, ['--version']).error;

test.describe('the packages', () => {
  /** Of packages that are taken apart. */
  const folder = workFolder();
  const installed = path.join(folder, 'deb');
  const app = path.join(installed, 'opt/Mailkeep');
  const data = `--user-data-dir=${path.join(folder, 'data')}`;

  test.beforeAll(() => {
    test.setTimeout(PACKAGING_MS);
    makePackages(['dir', 'tar.gz', 'deb', 'rpm', 'AppImage']);
    mustRun('dpkg-deb', ['-x', packageEnding('.deb'), installed]);
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the tar.gz opens an archive, and shows its messages', async () => {
    const place = path.join(folder, 'tar');
    mkdirSync(place);
    mustRun('tar', ['-xzf', packageEnding('.tar.gz'), '-C', place]);
    const [inside = ''] = readdirSync(place);
    const window = await openPackaged(path.join(place, inside), [SAMPLE, data]);
    await expect.poll(window.rows).toBe(468);
    await window.row(3).click();
    await expect(window.page.getByRole('region', { name: 'Message' })).toContainText('From');
    await window.picture('packaged');
    await window.close();
    expect(existsSync(path.join(place, inside, 'mailkeep-cli'))).toBe(true);
    rmSync(place, { recursive: true });
  });

  test('the AppImage opens an archive, and its desktop entry is as it should be', async () => {
    const place = path.join(folder, 'appimage');
    mkdirSync(place);
    const image = packageEnding('.AppImage');
    const window = await openPackaged(PACKAGES, [SAMPLE, data], {
      name: path.basename(image),
      env: { TMPDIR: place },
    });
    await expect.poll(window.rows).toBe(468);
    await window.close();
    const [unpacked = ''] = readdirSync(place).filter((name) => name.startsWith('tmp.'));
    const inside = path.join(place, unpacked, 'app');
    const entry = path.join(inside, 'mailkeep.desktop');
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=AppRun %U$/m);
    expect(readFileSync(entry, 'utf8')).toMatch(/^MimeType=application\/mbox;message\/rfc822;$/m);
    if (hasProgram('desktop-file-validate')) mustRun('desktop-file-validate', [entry]);
    for (const name of ['.DirIcon', 'mailkeep.png', 'mailkeep-cli'])
      expect(existsSync(path.join(inside, name)), name).toBe(true);
    rmSync(place, { recursive: true });
  });

  test('the rpm says what it needs, and opens an archive', async () => {
    const rpm = packageEnding('.rpm');
    const place = path.join(folder, 'rpm');
    mkdirSync(place);
    mustRun('sh', [
      '-c',
      `rpm2cpio '${rpm}' | cpio --extract --make-directories --quiet -D '${place}'`,
    ]);
    const of = (what: string): string => mustRun('rpm', ['--query', '--package', what, rpm]);
    expect(of('--requires')).toMatch(/^gtk3$[\s\S]*^nss$/m);
    expect(of('--info')).toMatch(/^License +: MIT$/m);
    expect(of('--scripts')).toContain('update-mime-database');
    const files = of('--list');
    for (const name of [
      'applications/mailkeep.desktop',
      'metainfo/org.mailkeep.Mailkeep.metainfo.xml',
      'mime/packages/mailkeep.xml',
      'icons/hicolor/48x48/apps/mailkeep.png',
      'man/man1/mailkeep-cli.1',
    ]) {
      expect(files).toContain(`/usr/share/${name}\n`);
    }
    expect(files).toContain('/usr/bin/mailkeep-cli\n');
    const window = await openPackaged(path.join(place, 'opt/Mailkeep'), [SAMPLE, data]);
    await expect.poll(window.rows).toBe(468);
    await window.close();
    rmSync(place, { recursive: true });
  });

  test('the deb passes the story of the whole way once', async () => {
    test.setTimeout(PACKAGING_MS);
    const archive = archiveIn(folder);
    const before = await readIndependently(archive);
    const window = await openPackaged(app, [archive, data]);
    await theWholeWayOnce({ archive, before, window, pictures: 'packaged-' });
    await window.close();
  });

  test('the deb says what it needs, and brings what a desktop looks for', () => {
    const about = mustRun('dpkg-deb', ['-f', packageEnding('.deb')]);
    expect(about).toContain('Package: mailkeep\n');
    expect(about).toMatch(/^Depends: .*libgtk-3-0.*libnss3.*libgbm1/m);
    expect(about).toMatch(/^Maintainer: .+ <.+@.+>$/m);
    expect(about).toMatch(/^Installed-Size: \d+$/m);
    expect(about).toMatch(/^Description: .+\n .+/m);
    const share = path.join(installed, 'usr/share');
    const entry = path.join(share, 'applications/mailkeep.desktop');
    expect(readFileSync(entry, 'utf8')).toContain('Exec=/opt/Mailkeep/mailkeep %F\n');
    expect(readFileSync(entry, 'utf8')).toMatch(/^MimeType=application\/mbox;message\/rfc822;$/m);
    const metainfo = path.join(share, 'metainfo/org.mailkeep.Mailkeep.metainfo.xml');
    expect(readFileSync(metainfo, 'utf8')).toContain('>mailkeep.desktop</launchable>');
    // Each by who knows best, where they are.
    if (hasProgram('desktop-file-validate')) mustRun('desktop-file-validate', [entry]);
    if (hasProgram('appstreamcli')) mustRun('appstreamcli', ['validate', '--no-net', metainfo]);
    if (hasProgram('update-mime-database')) {
      mustRun('update-mime-database', [path.join(share, 'mime')]);
      const globs = readFileSync(path.join(share, 'mime/globs2'), 'utf8');
      for (const glob of [
        'application/mbox:*.mbox',
        'application/mbox:*.mbx',
        'message/rfc822:*.eml',
      ]) {
        expect(globs).toContain(glob);
      }
    }
    const sizes = readdirSync(path.join(share, 'icons/hicolor'));
    for (const size of ['16x16', '48x48', '256x256', 'scalable']) expect(sizes).toContain(size);
    expect(existsSync(path.join(share, 'man/man1/mailkeep-cli.1'))).toBe(true);
    expect(statSync(path.join(installed, 'usr/bin/mailkeep-cli')).mode & 0o777).toBe(0o755);
  });

  test('the terminal program is in it, works without a display, and its manual is true', () => {
    const program = path.join(app, 'mailkeep-cli');
    const cli = (words: readonly string[], input = '') => ran(folder, program, words, input);
    const listed = cli(['list', SAMPLE, '--json']);
    expect(listed.stdout.trim().split('\n')).toHaveLength(468);
    expect(listed.status).toBe(0);
    const archive = path.join(folder, 'new.mbox');
    expect(cli(['info', archive, '--json'])).toMatchObject({ status: 1, stdout: '' });
    const message = 'From: ann@example.org\nSubject: By hand\n\nText\n';
    expect(cli(['append', archive], message).status).toBe(0);
    expect(cli(['list', archive]).stdout).toContain('By hand');

    const manual = readFileSync(path.join(installed, 'usr/share/man/man1/mailkeep.1'), 'utf8');
    const plain = manual.replaceAll('\\-', '-').replaceAll(/\\f[BIR]|\\(?= )/g, '');
    const { stdout } = cli(['--help']);
    const usage = stdout.split('\n').filter((line) => line.startsWith('  '));
    // Lines further in go on with a command.
    const names = usage.flatMap((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(14);
    for (const name of names) expect(plain).toMatch(new RegExp(`^\\.BI? ${name}\\b`, 'm'));
    for (const line of usage) {
      for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(plain).toContain(option);
    }
    if (hasProgram('man'))
      mustRun('man', ['-l', path.join(folder, 'deb/usr/share/man/man1/mailkeep.1')]);
  });

  test('every fuse is closed', () => {
    const bytes = readFileSync(path.join(PACKED, 'mailkeep'));
    const at = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
    const [runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar] = bytes
      .subarray(at, at + 6)
      .toString('latin1');
    expect({ runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar }).toEqual(CLOSED);
  });

  test('holds what it needs, and nothing that only we need', () => {
    expect(existsSync(path.join(RESOURCES, 'default_app.asar'))).toBe(false);
    const archive = readFileSync(path.join(RESOURCES, 'app.asar'));
    const names = namesIn(JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))));
    for (const name of ['engine.js', 'preload.cjs', 'sample.mbox', 'iconv-lite']) {
      expect(names).toContain(name);
    }
    for (const name of ['electron-builder', 'typescript', 'vitest', 'playwright', 'react-dom']) {
      expect(names).not.toContain(name);
    }
    expect(names.filter((name) => /\.(?:map|[cm]?ts|tsx)$/.test(name))).toEqual([]);
    const compiled = readdirSync(path.join(RESOURCES, 'app.asar.unpacked'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.node'));
    expect(compiled.filter((name) => name.includes('fs-ext'))).toHaveLength(1);
    expect(compiled.filter((name) => /darwin|win32|musl/.test(name))).toEqual([]);
    // Chromium speaks the app's languages, and no other.
    expect(readdirSync(path.join(PACKED, 'locales')).length).toBeLessThan(12);
  });
});
