/**
 * What the system must have: a compiler for the file locks, Electron's shared libraries, a virtual
 * display where there is none, and the programs that tests deliver mail with.
 *
 * Names are Debian's and Ubuntu's; where a library has an older and a newer name, the one that apt
 * knows is taken. As root it installs what is missing, else it prints the exact command.
 */

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { mustRun, run } from './run.mjs';
import { SetupError, say } from './say.mjs';

/** @typedef {{ readonly package: string | readonly string[], readonly program?: string, readonly library?: string }} Need */

/** @type {readonly Need[]} */
const COMPILER = [
  { package: 'python3', program: 'python3' },
  { package: 'make', program: 'make' },
  { package: 'g++', program: 'g++' },
];

/** @type {readonly Need[]} */
const ELECTRON = [
  { package: ['libgtk-3-0', 'libgtk-3-0t64'], library: 'libgtk-3.so.0' },
  { package: 'libnss3', library: 'libnss3.so' },
  { package: ['libasound2', 'libasound2t64'], library: 'libasound.so.2' },
  { package: 'libgbm1', library: 'libgbm.so.1' },
  { package: 'libxss1', library: 'libXss.so.1' },
  { package: 'libnotify4', library: 'libnotify.so.4' },
  { package: 'libxtst6', library: 'libXtst.so.6' },
];

/** @type {readonly Need[]} */
const DISPLAY = [
  { package: 'xvfb', program: 'Xvfb' },
  { package: 'xauth', program: 'xauth' },
  { package: 'fonts-dejavu-core', library: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' },
];

const SYSTEM_PYTHON = '/usr/bin/python3';

/**
 * Postfix is not among them: on a Debian system its package starts a mail server and takes the place of
 * the one that is there. The test that delivers with it is skipped by name where it is not installed.
 * @type {readonly Need[]}
 */
const PEERS = [
  // The system's own: only for it there is a package with its test suite.
  { package: 'python3', library: SYSTEM_PYTHON },
  { package: 'procmail', program: 'procmail' },
  // What archives were compressed with.
  { package: 'bzip2', program: 'bzip2' },
  { package: 'xz-utils', program: 'xz' },
  { package: 'zstd', program: 'zstd' },
  { package: 'zip', program: 'zip' },
];

/**
 * What packages are made and taken apart with.
 * @type {readonly Need[]}
 */
const PACKAGING = [
  { package: 'rpm', program: 'rpmbuild' },
  { package: 'cpio', program: 'cpio' },
  { package: 'squashfs-tools', program: 'mksquashfs' },
];

/**
 * What benchmarks measure against.
 * @type {readonly Need[]}
 */
const MEASURED = [
  { package: 'mutt', program: 'mutt' },
  { package: 'notmuch', program: 'notmuch' },
  { package: 'mairix', program: 'mairix' },
];

/**
 * CPython's own tests, which run against ours: of the version that the system's Python has.
 * @returns {Need}
 */
function pythonSuite() {
  const name = path.basename(realpathSync(SYSTEM_PYTHON));
  return { package: `lib${name}-testsuite`, library: `/usr/lib/${name}/test/test_mailbox.py` };
}

/** @param {string} program */
function hasProgram(program) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, program)));
}

/** @param {readonly Need[]} needs */
async function missing(needs) {
  const wantsLibraries = needs.some((need) => need.library && !need.library.startsWith('/'));
  const known = wantsLibraries ? (await run('/sbin/ldconfig', ['-p'])).output : '';
  return needs.filter((need) => {
    if (need.program) return !hasProgram(need.program);
    if (need.library?.startsWith('/')) return !existsSync(need.library);
    return !known.includes(`${need.library} `);
  });
}

function hasPackageLists() {
  const folder = '/var/lib/apt/lists';
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}

/** @param {Need} need */
async function packageName(need) {
  if (typeof need.package === 'string') return need.package;
  for (const name of need.package) {
    const { output } = await run('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return need.package[0] ?? '';
}

/** @param {readonly Need[]} needs */
async function install(needs) {
  const names = [...new Set(await Promise.all(needs.map(packageName)))];
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (!hasProgram('apt-get')) {
    throw new SetupError(
      `These are missing: ${names.join(', ')}. Install them with your system's package tool, then try again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    // Without a list of packages their names are a guess: ask for the list first.
    const update = hasPackageLists() ? '' : 'sudo apt-get update';
    throw new SetupError(
      `Some system packages are missing. Run this, then try again:\n\n    ${update || `sudo ${command}`}\n`,
    );
  }
  say(`installing system packages: ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const words = ['-o', 'DPkg::Lock::Timeout=300', ...command.split(' ').slice(1)];
  if ((await run('apt-get', words, { env })).status === 0) return;
  say('the list of system packages is old: apt-get update');
  await mustRun('apt-get', ['update'], 'Check the network, then try again.', { env });
  const fresh = [...new Set(await Promise.all(needs.map(packageName)))];
  await mustRun(
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', ...fresh],
    `Install these by hand, then try again: ${fresh.join(' ')}.`,
    { env },
  );
}

/** True if a window could be shown to a person. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Makes sure that the system has what is needed.
 * @param {'app' | 'tests' | 'bench'} purpose
 */
export async function prepareSystem(purpose) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(
      `Mailkeep needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from your system or https://nodejs.org, then try again.`,
    );
  }
  if (process.platform !== 'linux') return;
  const needs = [
    ...COMPILER,
    ...ELECTRON,
    ...(purpose === 'tests' || !hasDisplay() ? DISPLAY : []),
    ...(purpose === 'tests' ? [...PEERS, ...PACKAGING] : []),
    ...(purpose === 'bench' ? MEASURED : []),
  ];
  await provide(needs);
  if (purpose === 'tests') await provide([pythonSuite()]);
}

/** @param {readonly Need[]} needs */
async function provide(needs) {
  const lacking = await missing(needs);
  if (lacking.length > 0) await install(lacking);
}
