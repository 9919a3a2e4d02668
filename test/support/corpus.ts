/**
 * Real mail that no one here wrote, for tests: `../shared/corpus` beside the checkout, or the folder
 * that MAILKEEP_CORPUS names. Unpacked once into the user's cache, also when several test processes
 * want it at the same moment. Where it is absent `openCorpus` gives null, and tests that need it are
 * skipped by name. Nothing of it may be copied into the project.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What the oracle says of one message. Offsets are of the decompressed file. */
export interface ExpectedMessage {
  /** From the From_ line's first byte to the next From_ line or the end. */
  readonly offset: number;
  readonly length: number;
  /** The message itself: without the From_ line and the one empty line at its end. */
  readonly msg_offset: number;
  readonly msg_length: number;
  readonly sha256: string;
  readonly from_line: string | null;
  readonly subject?: string | null;
  readonly from?: string | null;
  readonly date?: string | null;
  readonly date_iso?: string | null;
  readonly message_id?: string | null;
}

/** A line that can be read in more than one way. */
export interface DisputedLine {
  readonly offset: number;
  readonly text: string;
  readonly blank_before: boolean;
  readonly date_or_bare: boolean;
  readonly header_after: boolean;
  readonly counted: boolean;
}

/** What the oracle says of one file; its head explains the fields. */
export interface ExpectedFile {
  /** Relative to the corpus, such as `files/mutt/doc/patch-notes.txt`. */
  readonly path: string;
  readonly compressed: 'gzip' | 'bzip2' | 'xz' | null;
  readonly data_bytes: number;
  readonly dialect: string;
  readonly eol: string;
  readonly count: number;
  readonly rule: string;
  readonly counts: Readonly<Record<string, number | string>>;
  readonly debatable: boolean;
  readonly notes: readonly string[];
  readonly disputed: readonly DisputedLine[];
  readonly disputed_total?: number;
  readonly messages: readonly ExpectedMessage[];
}

/** A stretch of the big mailbox that is one file of the corpus. */
export interface Part {
  readonly offset: number;
  readonly length: number;
  readonly path: string;
}

export interface Corpus {
  /** Where it is unpacked; holds `files/` and `big/`. */
  readonly folder: string;
  /** The real mailbox of 240 MB and 102,720 messages. */
  readonly bigMailbox: string;
  /** The oracle's answers, one for each file. */
  expected(): readonly ExpectedFile[];
  /** The files that the big mailbox is joined from, in order. */
  parts(): readonly Part[];
  /** The path of a corpus file on this machine. */
  pathOf(file: string): string;
  /** The bytes of a file as the oracle saw them: decompressed. */
  bytesOf(file: ExpectedFile): Buffer;
}

const UNPACK_LIMIT_MS = 300_000;

const ONCE = `
import fcntl, subprocess, sys
lock, unpack, folder = sys.argv[1:4]
with open(lock, 'w') as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    sys.exit(subprocess.call([unpack, folder]))
`;

function corpusSource(): string | null {
  const beside = path.resolve(import.meta.dirname, '../../../shared/corpus');
  const folder = process.env['MAILKEEP_CORPUS'] ?? beside;
  return existsSync(path.join(folder, 'unpack')) ? folder : null;
}

function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'];
  const base = cache === undefined || cache === '' ? path.join(homedir(), '.cache') : cache;
  return path.join(base, 'mailkeep-tests');
}

/** Unpacks the corpus unless that was done; throws if it cannot be. */
function unpackedCorpus(source: string): string {
  const cache = cacheFolder();
  const folder = path.join(cache, 'corpus');
  // Written last, so whoever sees it may use the rest.
  if (existsSync(path.join(folder, 'unpacked'))) return folder;
  mkdirSync(cache, { recursive: true });
  const lock = path.join(cache, 'corpus.lock');
  const args = ['-I', '-c', ONCE, lock, path.join(source, 'unpack'), folder];
  const { status, stderr } = spawnSync('python3', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: UNPACK_LIMIT_MS,
  });
  if (status !== 0) throw new Error(`the corpus could not be unpacked: ${stderr}`);
  return folder;
}

let opened: Corpus | null | undefined;

/** The corpus, unpacked; null where there is none. */
export function openCorpus(): Corpus | null {
  if (opened !== undefined) return opened;
  const source = corpusSource();
  opened = source === null ? null : corpusIn(source, unpackedCorpus(source));
  return opened;
}

function corpusIn(source: string, folder: string): Corpus {
  let expected: readonly ExpectedFile[] | undefined;
  const pathOf = (file: string): string => path.join(folder, file);
  return {
    folder,
    bigMailbox: pathOf('big/real-big.mbox'),
    pathOf,
    expected: () => {
      expected ??= JSON.parse(
        gunzipSync(readFileSync(path.join(source, 'expected.json.gz'))).toString('utf8'),
      ) as readonly ExpectedFile[];
      return expected;
    },
    parts: () => partsIn(readFileSync(pathOf('big/real-big.parts.tsv'), 'utf8')),
    bytesOf: (file) => {
      const stored = readFileSync(pathOf(file.path));
      if (file.compressed === 'gzip') return gunzipSync(stored);
      if (file.compressed === null) return stored;
      return decompressed(file.compressed, stored);
    },
  };
}

/** Formats that node knows nothing of; Python does. */
function decompressed(how: 'bzip2' | 'xz', stored: Buffer): Buffer {
  const module = how === 'bzip2' ? 'bz2' : 'lzma';
  const code = `import sys, ${module}; sys.stdout.buffer.write(${module}.decompress(sys.stdin.buffer.read()))`;
  const { status, stdout } = spawnSync('python3', ['-I', '-c', code], {
    input: stored,
    maxBuffer: 1 << 30,
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`python3 could not decompress ${how}`);
  return stdout;
}

function partsIn(table: string): readonly Part[] {
  return table
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [offset, length, file] = line.split('\t');
      return { offset: Number(offset), length: Number(length), path: file ?? '' };
    });
}
