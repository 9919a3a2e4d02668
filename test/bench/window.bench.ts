/**
 * `npm run bench -- window [THOUSANDS] [ROUNDS]`: the real window in the real Electron: from start to
 * usable beside a bare one; the first rows of 1000 thousand messages, for the first time and again; the
 * scroll bar dragged through all of them, frame by frame; and the memory of the window's process and of
 * the engine's.
 */

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openWindow, type OpenWindow } from '../support/window.ts';
import { bareWindow, started } from './bare-window.ts';
import {
  inFolder,
  median,
  MIB,
  printMachine,
  printTarget,
  quantile,
  ranged,
  writeMailbox,
} from './bench.ts';

/** Nobody finds the file they want to open sooner. */
const CHOOSING_MS = 3000;
const DRAGS = 2;
const DRAG_STEPS = 400;
const KIB = 1024;

/** What the page saw of a drag, in milliseconds. */
interface Seen {
  readonly frames: readonly number[];
  /** How long rows on screen stayed blank, each time. */
  readonly blank: readonly number[];
}

async function starts(rounds: number, folder: string): Promise<number> {
  const bare = bareWindow(folder);
  const app = { app: process.cwd(), usable: '[data-screen=welcome] button' };
  const times = { app: [] as number[], bare: [] as number[] };
  for (let at = 0; at <= rounds; at++) {
    const [one, other] = [await started(bare, folder), await started(app, folder)];
    if (at === 0) continue;
    times.bare.push(one);
    times.app.push(other);
  }
  console.log(`  start to usable, bare Electron    ${ranged(times.bare).padStart(24)} ms`);
  console.log(`  start to usable, Mailkeep         ${ranged(times.app).padStart(24)} ms`);
  return median(times.app) / median(times.bare);
}

/** From now on the page notes each frame, and rows that are on screen without content. */
function watchFrames({ page }: OpenWindow): Promise<void> {
  return page.evaluate(() => {
    const seen = { frames: [] as number[], blank: [] as number[], on: true };
    Object.assign(globalThis, { seen });
    let [before, blankSince] = [performance.now(), 0];
    // Rows above and below the screen are drawn as well, and nobody waits for those.
    const isBlank = (): boolean => {
      const list = document.querySelector('.scroller')?.getBoundingClientRect();
      return [...document.querySelectorAll('.row-waiting')].some((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return list !== undefined && bottom > list.top && top < list.bottom;
      });
    };
    const frame = (): void => {
      const now = performance.now();
      seen.frames.push(now - before);
      before = now;
      const blank = isBlank();
      if (blank && blankSince === 0) blankSince = now;
      if (!blank && blankSince > 0) {
        seen.blank.push(now - blankSince);
        blankSince = 0;
      }
      if (seen.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

const framesSeen = ({ page }: OpenWindow): Promise<Seen> =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Seen & { on: boolean } };
    seen.on = false;
    return { frames: seen.frames.slice(1), blank: seen.blank };
  });

/** Takes the scroll bar's thumb with the mouse to the end of the list, and back. */
async function drag(window: OpenWindow): Promise<Seen> {
  const { page } = window;
  const scroller = page.getByRole('grid', { name: 'Messages' }).locator('.scroller');
  const box = await scroller.boundingBox();
  if (!box) throw new Error('no list');
  const [x, top, bottom] = [box.x + box.width - 7, box.y + 26, box.y + box.height - 26];
  await page.mouse.move(x, top);
  await watchFrames(window);
  await page.mouse.down();
  let farthest = 0;
  for (let at = 0; at < DRAGS; at++) {
    const to = at % 2 === 0 ? bottom : top;
    await page.mouse.move(x, to, { steps: DRAG_STEPS });
    farthest = Math.max(farthest, await scroller.evaluate((element) => element.scrollTop));
  }
  await page.mouse.up();
  if (farthest < 1_000_000) throw new Error(`only scrolled to ${farthest}`);
  return framesSeen(window);
}

/** All memory of the window's process, in MiB. */
async function windowMemory({ app, page }: OpenWindow): Promise<number> {
  await page.evaluate(() => undefined);
  const kib = await app.evaluate(({ app: main, BrowserWindow }) => {
    const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
    return main.getAppMetrics().find((one) => one.pid === pid)?.memory.workingSetSize ?? 0;
  });
  return (kib * KIB) / MIB;
}

/** The process of the engine: the only one of the app that is neither a window nor Chromium's. */
function engineOf({ app }: OpenWindow): Promise<number> {
  return app.evaluate(({ app: main }) => {
    const engine = main
      .getAppMetrics()
      .find(({ serviceName = '' }) => serviceName.includes('Node'));
    return engine?.pid ?? 0;
  });
}

/**
 * What a process takes for itself, in MiB. Its share of Electron's own program is left out: it lies in
 * memory once, for all processes of the app.
 */
function privateMemory(process: number): number {
  const facts = readFileSync(`/proc/${process}/smaps_rollup`, 'utf8');
  const kib = [...facts.matchAll(/^Private_\w+: +(\d+) kB$/gm)].map(([, digits]) => Number(digits));
  return (kib.reduce((sum, one) => sum + one, 0) * KIB) / MIB;
}

/** The most that an engine takes until all of its archive is listed, and what it takes then. */
async function engineMemory(window: OpenWindow): Promise<{ highest: number; settled: number }> {
  const engine = await engineOf(window);
  let highest = 0;
  const look = (): void => {
    highest = Math.max(highest, privateMemory(engine));
  };
  const looking = setInterval(look, 100);
  await window.page.getByText('Complete', { exact: true }).waitFor({ timeout: 600_000 });
  clearInterval(looking);
  look();
  return { highest, settled: privateMemory(engine) };
}

/**
 * When the first row shows a subject, in milliseconds since 1970. The page itself looks, at every change
 * and then for the next frame: who asks from outside asks every half second at last.
 */
function firstRowShown({ page }: OpenWindow): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector('[role=row][aria-rowindex] .subject')?.textContent) return;
          observer.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
}

/** Chooses a file in an empty window. @returns how long it takes until its first rows, in milliseconds */
async function chosen(file: string, window: OpenWindow): Promise<number> {
  const { app, page } = window;
  await page.locator('[data-screen=welcome] button').first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, CHOOSING_MS));
  const shown = firstRowShown(window);
  const begun = await app.evaluate(({ app: main }, opened) => {
    const now = Date.now();
    main.emit('second-instance', {}, [], '', [opened]);
    return now;
  }, file);
  return (await shown) - begun;
}

async function opens(file: string, folder: string): Promise<[number, OpenWindow]> {
  const own = path.join(folder, `window-${performance.now().toFixed(0)}`);
  mkdirSync(own);
  const window = await openWindow([], { folder: own });
  return [await chosen(file, window), window];
}

/** Scrolls to the middle of the list. @returns how long it takes until rows stand there, in milliseconds */
function middleShown({ page }: OpenWindow): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const begun = performance.now();
        const scroller = document.querySelector('.scroller');
        if (scroller) scroller.scrollTop = scroller.scrollHeight / 2;
        const look = (): void => {
          const row = document.querySelector('.window [role=row]');
          const isThere = Number(row?.getAttribute('aria-rowindex') ?? 0) > 1000;
          if (isThere && !document.querySelector('.row-waiting'))
            resolve(performance.now() - begun);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
}

interface Again {
  readonly first: readonly number[];
  readonly middle: readonly number[];
}

/**
 * The archive of a window is closed and chosen again: from then to its rows, the newest first, in a list as
 * long as it is; and, for whoever goes there at once, to those in its middle.
 */
async function opensAgain(file: string, window: OpenWindow, rounds: number): Promise<Again> {
  const { page, grid, rows } = window;
  const all = await rows();
  const top = '[role=row][aria-rowindex="1"]';
  const oldest = await grid.locator(top).textContent();
  const date = page.getByRole('columnheader', { name: 'Date' });
  await date.getByRole('button').click();
  await date.getByRole('button').click();
  await page.waitForFunction(
    ([row, text]) =>
      ![text, '', undefined].includes(document.querySelector(row ?? '')?.textContent),
    [top, oldest],
  );
  const newest = grid.locator(top);
  const before = await newest.textContent();
  const [first, middle]: [number[], number[]] = [[], []];
  for (let at = 0; at < rounds; at++) {
    await page.getByRole('button', { name: `Close ${path.basename(file)}` }).click();
    first.push(await chosen(file, window));
    if ((await rows()) !== all) throw new Error(`${await rows()} rows at first, not ${all}`);
    if ((await newest.textContent()) !== before) throw new Error('sorted otherwise');
    middle.push(await middleShown(window));
  }
  return { first, middle };
}

async function main(messages: number, rounds: number): Promise<void> {
  await inFolder(async (folder) => {
    printMachine(folder);
    console.log(`${rounds} rounds; ${messages} messages of 2 KiB\n`);
    const toBare = await starts(rounds, folder);
    const file = path.join(folder, 'archive.mbox');
    writeMailbox(file, { messages, bytesPerMessage: 2048 });
    const first: number[] = [];
    for (let at = 0; at < rounds; at++) {
      const [ms, window] = await opens(file, folder);
      first.push(ms);
      await window.close();
    }
    const [, window] = await opens(file, folder);
    const engine = await engineMemory(window);
    const { frames, blank } = await drag(window);
    const ofWindow = await windowMemory(window);
    const again = await opensAgain(file, window, rounds);
    await window.close();
    rmSync(file);
    console.log(`  file chosen to first rows         ${ranged(first).padStart(24)} ms`);
    console.log(`  chosen again to sorted rows       ${ranged(again.first).padStart(24)} ms`);
    console.log(`  from there to rows in the middle  ${ranged(again.middle).padStart(24)} ms`);
    console.log(
      `  frames while dragging: ${frames.length}, median ${median(frames).toFixed(1)}, 99 % ${quantile(frames, 0.99).toFixed(1)}, worst ${Math.max(...frames).toFixed(1)} ms`,
    );
    const longest = Math.max(0, ...blank);
    console.log(
      `  rows blank ${blank.length} times, median ${median(blank).toFixed(0)}, longest ${longest.toFixed(0)} ms`,
    );
    console.log('\nTargets');
    printTarget('start to usable, to bare Electron', toBare, 1.4, 'of its time');
    printTarget('first rows', median(first), 300, 'ms');
    printTarget('chosen again to all rows, sorted', median(again.first), 200, 'ms');
    printTarget('frames, 99th percentile', quantile(frames, 0.99), 50, 'ms');
    printTarget('rows blank, longest', longest, 100, 'ms');
    printTarget('window process', ofWindow, 250, 'MiB');
    const allowed = 150 + (messages * 100) / MIB;
    printTarget('engine process, at its highest', engine.highest, allowed, 'MiB');
    printTarget('engine process, all listed', engine.settled, allowed, 'MiB');
  });
}

await main(Number(process.argv[2] ?? 1000) * 1000, Number(process.argv[3] ?? 5));
