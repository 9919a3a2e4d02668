/**
 * Other programs, run for real: python3, procmail and whatever else reads or writes mailboxes, and
 * our own code in a process of its own.
 *
 * Promises: no peer outlives its time limit or waits for a keyboard (its input is /dev/null unless
 * a test gives it some); a test waits for what a peer says or does, never for time to pass.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';

const LIMIT_MS = 30_000;
const root = path.resolve(import.meta.dirname, '../..');

export interface PeerOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Killed after so long. */
  readonly limitMs?: number;
  /** All of its input. */
  readonly input?: string | Uint8Array;
  /** Leaves its input open for `tell`. */
  readonly spokenTo?: boolean;
}

/** How a peer ended. */
export interface Ended {
  /** Null if a signal ended it. */
  readonly status: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly errors: string;
}

/** A running program. */
export class Peer {
  readonly name: string;
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #unread: string[] = [];
  #awaited: ((line: string | null) => void) | null = null;
  #over = false;
  #output = '';
  #errors = '';

  constructor(command: string, args: readonly string[], options: PeerOptions = {}) {
    const { input, spokenTo, folder, environment, limitMs = LIMIT_MS } = options;
    this.name = path.basename(command);
    this.#child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: [input === undefined && !spokenTo ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    // A peer that ends before it has read everything is no fault of the test's.
    this.#child.stdin?.on('error', () => undefined);
    if (input !== undefined) this.#child.stdin?.end(input);
    this.#child.stderr?.on('data', (bytes: Buffer) => {
      this.#errors += bytes.toString();
    });
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(line));
    }
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (status, signal) => {
        this.#over = true;
        this.#awaited?.(null);
        resolve({ status, signal, output: this.#output, errors: this.#errors });
      });
    });
    // Whoever waits for its end is told; a test that does not must not fall over it.
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** All it has said on standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  /** The next line it says that has not been read yet. Throws if it ends instead. */
  async line(): Promise<string> {
    const said = this.#unread.shift();
    if (said !== undefined) return said;
    const line = this.#over
      ? null
      : await new Promise<string | null>((resolve) => {
          this.#awaited = resolve;
        });
    if (line === null) throw new Error(`${this.name} ended without a word: ${this.#errors}`);
    return line;
  }

  /** Says a line to it; for peers started with `spokenTo`. */
  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<Ended> {
    this.#child.kill('SIGKILL');
    return this.ended;
  }

  #hear(line: string): void {
    this.#output += `${line}\n`;
    const awaited = this.#awaited;
    this.#awaited = null;
    if (awaited) awaited(line);
    else this.#unread.push(line);
  }
}

/** Starts a program and leaves it running. */
export function startPeer(
  command: string,
  args: readonly string[],
  options: PeerOptions = {},
): Peer {
  return new Peer(command, args, options);
}

/** Runs a program to its end. Throws if it does not end well within its limit. */
export async function runPeer(
  command: string,
  args: readonly string[],
  options: PeerOptions = {},
): Promise<Ended> {
  const ended = await new Peer(command, args, options).ended;
  if (ended.status === 0) return ended;
  throw new Error(`${command} ended with ${ended.status ?? ended.signal}: ${ended.errors}`);
}

/** True if the machine has this program; tests of it are skipped by name where it is missing. */
export function hasPeer(command: string): boolean {
  return spawnSync('/bin/sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/** Runs Python code; `args` are its sys.argv[1:]. @returns what it printed */
export async function runPython(
  code: string,
  args: readonly string[] = [],
  options: PeerOptions = {},
): Promise<string> {
  return (await runPeer('python3', ['-I', '-c', code, ...args], options)).output;
}

/** Starts Python code that is spoken to, line by line. */
export function startPython(code: string, args: readonly string[] = []): Peer {
  return startPeer('python3', ['-I', '-c', code, ...args], { spokenTo: true });
}

const HOLDER = `
import fcntl, mailbox, os, socket, sys
path, how = sys.argv[1:3]
if how == 'mailbox':
    box = mailbox.mbox(path, create=False)
    box.lock()
elif how == 'dotlock':
    fd = os.open(path + '.lock', os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    os.write(fd, ('%d:%s' % (os.getpid(), socket.gethostname())).encode())
else:
    file = open(path, 'r+b')
    getattr(fcntl, how)(file, fcntl.LOCK_EX)
print('held', flush=True)
sys.stdin.readline()
if how == 'mailbox': box.close()
elif how == 'dotlock': os.unlink(path + '.lock')
else: getattr(fcntl, how)(file, fcntl.LOCK_UN)
print('released', flush=True)
`;

/**
 * Python takes a lock of a mailbox and has it when this returns; it gives it back on
 * `tell('release')` and says `released`. `lockf` is fcntl, `dotlock` a lock file as maildrop writes
 * it, `mailbox` what Python's own `mailbox.mbox.lock()` takes: fcntl and a dotlock.
 */
export async function pythonHolds(
  mailbox: string,
  how: 'lockf' | 'flock' | 'dotlock' | 'mailbox',
): Promise<Peer> {
  const python = startPython(HOLDER, [mailbox, how]);
  const said = await python.line();
  if (said !== 'held') throw new Error(`python3 said ${said}`);
  return python;
}

/**
 * procmail delivers a message into a mailbox, without rewriting it.
 * @param lock `kernel`: it waits inside the kernel for its fcntl lock; `dotlock`: for the lock file
 *   too, and looks every second
 */
export function startProcmail(
  mailbox: string,
  message: string | Uint8Array,
  lock: 'kernel' | 'dotlock' = 'kernel',
): Peer {
  const recipes = mkdtempSync(path.join(path.dirname(mailbox), '.procmail-'));
  const recipe = path.join(recipes, 'rc');
  writeFileSync(
    recipe,
    `VERBOSE=on\nLOCKSLEEP=1\nDEFAULT=${mailbox}\nORGMAIL=${mailbox}\n` +
      `:0${lock === 'dotlock' ? ':' : ''}\n${mailbox}\n`,
  );
  return startPeer('procmail', ['-f-', '-m', recipe], { input: message });
}

/** How many messages Python finds in a mailbox. */
export async function pythonCounts(mailbox: string): Promise<number> {
  const code = 'import mailbox, sys; print(len(mailbox.mbox(sys.argv[1], create=False)))';
  return Number(await runPython(code, [mailbox]));
}

/**
 * Looks until something has come true: for what a peer does without saying so.
 * Throws, naming `what`, if it does not in time.
 */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Builds a TypeScript file of ours, with all it imports, for `startNode`: Node 20 runs no
 * TypeScript. Several test files may build the same one at a time. @returns the path of what it built
 */
export async function buildForNode(entry: string): Promise<string> {
  const folder = path.join(root, 'out/test');
  mkdirSync(folder, { recursive: true });
  const workplace = mkdtempSync(path.join(folder, 'building-'));
  const name = `${path.basename(entry, '.ts')}.mjs`;
  try {
    await build({
      configFile: false,
      logLevel: 'silent',
      root,
      build: {
        ssr: entry,
        outDir: workplace,
        target: 'node20.18',
        minify: false,
        rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
      },
    });
    renameSync(path.join(workplace, name), path.join(folder, name));
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
  return path.join(folder, name);
}

/** Starts what `buildForNode` built, spoken to line by line, in a process of its own. */
export function startNode(
  built: string,
  args: readonly string[] = [],
  options: PeerOptions = {},
): Peer {
  return startPeer(process.execPath, [built, ...args], { spokenTo: true, ...options });
}
