/**
 * Goal: what is configured for Windows and macOS, and cannot be made here, is what electron-builder and
 * these systems ask for.
 * Method: electron-builder's own loader and schema read the configuration; it is compared with what the
 * sources of electron-builder 26 and @electron/universal do with it. Icons are read byte by byte. What
 * looks at a package before it is closed is given folders like those of a package.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { afterPack } from '../../build/after-pack.mjs';
import { APP_ID } from '../../electron/main/app-id.ts';
import { ROOT } from './tree.ts';

interface Association {
  readonly ext: string | readonly string[];
  readonly name: string;
  readonly description?: string;
  readonly role?: string;
  readonly rank?: string;
}

interface Target {
  readonly artifactName?: string;
  readonly icon: string;
  readonly fileAssociations: readonly Association[];
}

interface Configuration {
  readonly appId: string;
  readonly artifactName: string;
  readonly files: readonly { readonly filter: readonly string[] }[];
  readonly asar: { readonly smartUnpack: boolean };
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly win: Target & { readonly target: readonly string[] };
  readonly nsis: { readonly artifactName?: string };
  readonly portable: { readonly artifactName?: string };
  readonly mac: Target & { readonly target: unknown; readonly x64ArchFiles: string };
}

/** Of electron-builder's library, which has no types for this. */
interface Loader {
  getConfig(folder: string, file: string, options: null): Promise<Configuration>;
  validateConfiguration(configuration: Configuration, log: { isEnabled: boolean }): Promise<void>;
}

const builder = createRequire(path.join(ROOT, 'node_modules/electron-builder/package.json'));
const { getConfig, validateConfiguration } = builder(
  'app-builder-lib/out/util/config/config.js',
) as Loader;
const { minimatch } = createRequire(
  path.join(ROOT, 'node_modules/@electron/universal/package.json'),
)('minimatch') as { minimatch(name: string, pattern: string, options: object): boolean };

/** Packages that bring code for each system and processor, in a folder named after both. */
const PREBUILT = ['@photostructure/sqlite', 'fs-ext'];
const SYSTEMS = ['darwin', 'linux', 'win32'].flatMap((system) => [
  `${system}-arm64`,
  `${system}-x64`,
]);

/** The folders of such code that stay in a package. */
function takenFor(platform: string, arch: string): readonly string[] {
  const patterns = configured.files
    .flatMap(({ filter }) => filter)
    .map((one) =>
      one.replaceAll(/\$\{(platform|arch)\}/g, (_, name) => (name === 'arch' ? arch : platform)),
    )
    .filter((one) => one.startsWith('!'))
    .map((one) => one.slice(1));
  const isLeftOut = (file: string) => patterns.some((one) => minimatch(file, one, { dot: true }));
  const taken = PREBUILT.map((name) =>
    SYSTEMS.filter((system) => !isLeftOut(`node_modules/${name}/prebuilds/${system}/code.node`)),
  );
  expect(taken[0]).toEqual(taken[1]);
  return taken[0] ?? [];
}

let configured: Configuration;
beforeAll(async () => {
  configured = await getConfig(ROOT, path.join(ROOT, 'build/electron-builder.yml'), null);
});

describe('electron-builder.yml', () => {
  it('is one that electron-builder takes', async () => {
    await validateConfiguration(configured, { isEnabled: false });
  });

  it('gives each package a name of its own, also where two have the same ending', () => {
    const { artifactName, win, nsis, portable } = configured;
    const names = [nsis, portable].map(
      (one) => one.artifactName ?? win.artifactName ?? artifactName,
    );
    expect(win.target).toEqual(['nsis', 'portable']);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/\$\{version\}.*\.\$\{ext\}$/);
  });

  it('closes every fuse and keeps native code out of the checked archive', () => {
    expect(configured.electronFuses).toMatchObject({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
    expect(configured.asar).toEqual({ smartUnpack: false });
    expect(configured.asarUnpack).toEqual(['**/*.node']);
  });

  it('takes the code of its own processor, and that of either into both halves of a universal app', () => {
    expect(configured.mac.target).toEqual([{ target: 'dmg', arch: 'universal' }]);
    expect(takenFor('linux', 'x64')).toEqual(['linux-x64']);
    expect(takenFor('win32', 'arm64')).toEqual(['win32-arm64']);
    for (const half of ['x64', 'arm64']) {
      expect(takenFor('darwin', half)).toEqual(['darwin-arm64', 'darwin-x64']);
    }
  });

  it('tells who joins the halves of an app which code is meant to be the same in both', () => {
    const isSame = (file: string): boolean =>
      minimatch(`Contents/${file}`, configured.mac.x64ArchFiles, { matchBase: true });
    for (const name of PREBUILT) {
      const folder = `Resources/app.asar.unpacked/node_modules/${name}/prebuilds`;
      expect(isSame(`${folder}/darwin-arm64/code.node`), name).toBe(true);
    }
    expect(isSame('MacOS/Mailkeep')).toBe(false);
  });

  it('opens mbox, mbx and eml, under keys of our own in the registry, and takes no message from its program', () => {
    const { win, mac } = configured;
    for (const { fileAssociations } of [win, mac]) {
      expect(fileAssociations.flatMap(({ ext }) => ext)).toEqual(['mbox', 'mbx', 'eml']);
    }
    for (const { name, description } of win.fileAssociations) {
      expect(name).toMatch(/^Mailkeep\.\w+$/);
      expect(description).toMatch(/\w/);
    }
    expect(mac.fileAssociations.at(-1)).toMatchObject({ role: 'Viewer', rank: 'Alternate' });
  });

  it('has the identity by which Windows knows the app that sends a notice', () => {
    expect(configured.appId).toBe(APP_ID);
  });
});

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Where a PNG says how wide and high it is. */
const sizeOf = (png: Buffer): readonly number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('the icons', () => {
  it('for Windows: every size up to 256, each a picture of that size', () => {
    const ico = readFileSync(path.join(ROOT, configured.win.icon));
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => 6 + 16 * at);
    const sizes = entries.map((entry) => {
      const at = ico.readUInt32LE(entry + 12);
      const png = ico.subarray(at, at + ico.readUInt32LE(entry + 8));
      expect(png.subarray(0, PNG.length)).toEqual(PNG);
      const size = ico.readUInt8(entry) || 256;
      expect(sizeOf(png)).toEqual([size, size]);
      return size;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('for macOS: every size from 16 points to 512, simple and double', () => {
    const icns = readFileSync(path.join(ROOT, configured.mac.icon));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const found = new Map<string, number>();
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      expect(png.subarray(0, PNG.length)).toEqual(PNG);
      const [width = 0, height] = sizeOf(png);
      expect(height).toBe(width);
      found.set(icns.toString('latin1', at, at + 4), width);
    }
    expect(Object.fromEntries(found)).toEqual({
      ...{ icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512 },
      ...{ ic11: 32, ic12: 64, ic13: 256, ic14: 512, ic10: 1024 },
    });
  });
});

describe('a package before it is closed', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-packed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** As electron-builder numbers processors. */
  const X64 = 1;

  /** A package for a system, with the locks compiled for some. */
  function pack(electronPlatformName: string, compiledFor: readonly string[]): () => string {
    const appOutDir = mkdtempSync(path.join(folder, 'app-'));
    const resources =
      electronPlatformName === 'darwin'
        ? path.join(appOutDir, 'Mailkeep.app/Contents/Resources')
        : path.join(appOutDir, 'resources');
    mkdirSync(resources, { recursive: true });
    writeFileSync(path.join(resources, 'default_app.asar'), '');
    for (const one of compiledFor) {
      const place = path.join(resources, 'app.asar.unpacked/node_modules/fs-ext/prebuilds', one);
      mkdirSync(place, { recursive: true });
      writeFileSync(path.join(place, 'electron.abi1.node'), '');
    }
    const packager = { getResourcesDir: () => resources };
    return () => {
      afterPack({ appOutDir, electronPlatformName, arch: X64, packager });
      return resources;
    };
  }

  it.each([
    ['linux', ['linux-x64']],
    ['win32', ['win32-x64']],
    ['darwin', ['darwin-x64', 'darwin-arm64']],
  ])('for %s has its locks, and no app of another', (platform, compiledFor) => {
    const resources = pack(platform, compiledFor)();
    expect(existsSync(path.join(resources, 'default_app.asar'))).toBe(false);
  });

  it.each([
    ['linux', []],
    ['win32', ['linux-x64']],
    ['darwin', ['darwin-arm64']],
  ])('for %s is refused without the locks of each of its processors', (platform, compiledFor) => {
    expect(pack(platform, compiledFor)).toThrow(/not compiled for/);
  });
});
