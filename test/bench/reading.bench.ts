/**
 * `npm run bench -- reading [MESSAGES]`: how long until a message is on screen, from the key press to
 * the frame in which it is painted, in the real window, over messages drawn evenly from the corpus;
 * those with HTML also by themselves. Then an arrow key is held down: what queues up, and how long
 * after the last press the last message is there. Beside it what the app's processes compute for a
 * message: that is the same on a machine that has other work.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openCorpus } from '../support/corpus.ts';
import { processorMs } from '../support/processor-time.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

const MESSAGES_USUAL = 400;
const HELD_PRESSES = 150;
/** As keyboards repeat. */
const REPEAT_MS = 30;

type Wanted = 'any' | 'html';

/** A message that has HTML to show, by its header or that of one of its parts. */
const HTML = /^content-type:\s*text\/html/im;
const SEPARATOR = Buffer.from('From reader@example.org Thu Jan  1 10:00:00 2004\n');

/** A mailbox of messages of the corpus, evenly drawn from those wanted. */
function drawMailbox(file: string, count: number, wanted: Wanted): void {
  const corpus = openCorpus();
  if (!corpus) throw new Error('the corpus is not here');
  const found: Buffer[] = [];
  for (const one of corpus.expected()) {
    if (one.messages.length === 0) continue;
    const bytes = corpus.bytesOf(one);
    for (const { msg_offset: from, msg_length: length } of one.messages) {
      const message = bytes.subarray(from, from + length);
      if (wanted === 'any' || HTML.test(message.toString('latin1'))) found.push(message);
    }
  }
  const step = Math.max(1, found.length / count);
  const drawn = Array.from(
    { length: Math.min(count, found.length) },
    (_, at) => found[Math.floor(at * step)] ?? Buffer.alloc(0),
  );
  writeFileSync(file, Buffer.concat(drawn.flatMap((one) => [SEPARATOR, one, Buffer.from('\n\n')])));
}

/** Measures in the page: what lies between is none of the app's. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = { pressed: 0, shown: (_ms: number): void => undefined };
    Object.assign(globalThis, { reading: kept });
    window.addEventListener('keydown', ({ timeStamp }) => (kept.pressed = timeStamp), true);
    let last: string | null = null;
    new MutationObserver(() => {
      const message = document.querySelector('article[data-shown=true][aria-busy=false]');
      const key = message?.getAttribute('data-key') ?? null;
      const current = document.querySelector('[role=row].row-current');
      // One that was passed may still come.
      if (key === null || key === last || key !== current?.getAttribute('data-key')) return;
      last = key;
      requestAnimationFrame(() => setTimeout(() => kept.shown(performance.now() - kept.pressed)));
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

/** What takes longer is counted as this long, and named. */
const LIMIT_MS = 5000;

interface Measured {
  readonly ms: number;
  readonly framed: boolean;
}

async function next(page: Page): Promise<Measured> {
  const measured = page.evaluate(
    (limit) =>
      new Promise<Measured>((resolve) => {
        const { reading } = globalThis as unknown as { reading: { shown: (ms: number) => void } };
        const framed = (): boolean => document.querySelector('article.message iframe') !== null;
        const late = setTimeout(() => {
          const subject = document.querySelector('article h1')?.textContent ?? '';
          console.error(`not shown in time: ${subject}`);
          resolve({ ms: limit, framed: framed() });
        }, limit);
        reading.shown = (ms) => {
          clearTimeout(late);
          resolve({ ms, framed: framed() });
        };
      }),
    LIMIT_MS,
  );
  await page.keyboard.press('j');
  return measured;
}

function told(name: string, measured: readonly Measured[]): void {
  const times = measured.map(({ ms }) => ms).sort((one, other) => one - other);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(0);
  console.log(
    `${name.padEnd(28)} ${String(times.length).padStart(5)}   median ${at(0.5)} ms   90 % ${at(0.9)} ms   99 % ${at(0.99)} ms   longest ${(times.at(-1) ?? 0).toFixed(0)} ms`,
  );
}

/** What each process of the app has computed, in milliseconds, by what it is. */
async function computed({ app }: OpenWindow): Promise<ReadonlyMap<string, number>> {
  const processes = await app.evaluate(({ app: main, webContents }) => {
    const pages = webContents.getAllWebContents().map((one) => one.getOSProcessId());
    return main.getAppMetrics().map(({ pid, type, name }) => {
      if (type !== 'Tab') return { pid, what: name ?? type };
      return { pid, what: pages.includes(pid) ? 'window' : 'frames' };
    });
  });
  const times = new Map<string, number>();
  for (const { pid, what } of processes) {
    times.set(what, (times.get(what) ?? 0) + processorMs(pid));
  }
  return times;
}

function toldComputed(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  messages: number,
): void {
  const each = [...after].map(([what, ms]) => ({
    what,
    ms: (ms - (before.get(what) ?? 0)) / messages,
  }));
  const all = each.reduce((sum, { ms }) => sum + ms, 0);
  const parts = each.map(({ what, ms }) => `${what} ${ms.toFixed(1)}`).join(', ');
  console.log(`computed for a message ${all.toFixed(1)} ms: ${parts}`);
}

async function held(page: Page, presses: number): Promise<void> {
  await page.keyboard.press('Home');
  for (let press = 0; press < presses; press++) {
    await page.keyboard.down('j');
    await page.waitForTimeout(REPEAT_MS);
  }
  const { ms } = await next(page);
  console.log(
    `after ${presses} presses, the last message is there ${ms.toFixed(0)} ms after its press`,
  );
  await page.keyboard.up('j');
}

async function measure(wanted: Wanted): Promise<void> {
  const folder = workFolder();
  const file = path.join(folder, 'drawn.mbox');
  drawMailbox(file, Number(process.argv[2] ?? MESSAGES_USUAL), wanted);
  const window = await openWindow([file], { folder });
  const { page, row } = window;
  await page.waitForFunction(
    () => document.querySelector('[role=status]')?.textContent?.includes('messages') === true,
  );
  await row(1).click();
  await page.locator('article[data-shown=true][aria-busy=false]').waitFor();
  // A message may hold others that are messages here, and some are nothing at all.
  const count = await window.rows();
  await watch(page);
  page.on('console', (message) => console.error(message.text()));
  const measured: Measured[] = [];
  const before = await computed(window);
  for (let at = 1; at < count; at++) measured.push(await next(page));
  toldComputed(before, await computed(window), measured.length);
  if (wanted === 'any') {
    told('any messages', measured);
    await held(page, Math.min(HELD_PRESSES, count - 2));
  } else {
    told(
      'messages with HTML',
      measured.filter(({ framed }) => framed),
    );
  }
  await window.close();
}

// Electron, and a display where there is none, are found by the script around this one.
if (process.env['ELECTRON_EXEC_PATH'] === undefined) {
  const words = ['build/with-runtime.mjs', process.execPath, ...process.argv.slice(1)];
  process.exitCode = spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 1;
} else {
  await measure('any');
  await measure('html');
}
