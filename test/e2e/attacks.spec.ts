/**
 * Goal: a message is harmless, whatever is in it. Method: hundreds of attacks from published classes
 * (test/attacks) in one mailbox, each opened in the real window, as HTML and as text: no script runs,
 * nothing is asked of the network (not even what the policy would stop), no file is touched, nothing
 * navigates, and the window answers all the while: no message keeps its process or the engine computing
 * for longer than a person waits without noticing.
 */

import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { allAttacks } from '../attacks/all.ts';
import { attackMailbox, CANARY, FILE } from '../attacks/attack.ts';
import { processorMs } from '../support/processor-time.ts';
import { openWatched } from '../support/watched-window.ts';
import { workFolder } from '../support/window.ts';

/**
 * Of a processor's time, for one message: on a machine that does nothing else a person hardly notices
 * that they wait. The costliest takes half as long, and on a crowded machine, where processors share
 * their caches, somewhat less than a second.
 */
const COST_MS_MAX = 2000;
/** A message that is not shown by then never will be. */
const HANGS_MS = 20_000;
const LONG_AGO = new Date('1999-01-01T00:00:00Z');

interface Opened {
  readonly name: string;
  readonly ms: number;
  /** What it cost the busiest process of ours, in milliseconds of a processor. */
  readonly cost: number;
  readonly state: string;
}

/** Goes to the next message by the keyboard. @returns how long until it is on screen */
async function openNext(page: Page, place: number): Promise<Pick<Opened, 'ms' | 'state'>> {
  const begun = performance.now();
  await page.keyboard.press(place === 1 ? 'Home' : 'j');
  const state = await page.evaluate(
    ([row, hangs]) =>
      new Promise<string>((resolve) => {
        const begun = performance.now();
        const look = (): void => {
          const key = document
            .querySelector(`[role=row][aria-rowindex="${row}"]`)
            ?.getAttribute('data-key');
          const message = document.querySelector('article.message');
          const isShown = message?.getAttribute('data-shown') === 'true';
          if (key && message?.getAttribute('data-key') === key && isShown) resolve('shown');
          else if (performance.now() - begun > hangs) resolve('not shown');
          else requestAnimationFrame(look);
        };
        look();
      }),
    [place, HANGS_MS] as const,
  );
  return { ms: performance.now() - begun, state };
}

/** The processes whose work a person waits for: the window's and the engine's. */
async function busyProcesses(app: ElectronApplication): Promise<readonly number[]> {
  return app.evaluate(({ app: main, BrowserWindow }) => {
    const engines = main.getAppMetrics().filter(({ name }) => name?.startsWith('Mailkeep engine'));
    const windows = BrowserWindow.getAllWindows().map(({ webContents }) =>
      webContents.getOSProcessId(),
    );
    return [...windows, ...engines.map(({ pid }) => pid)];
  });
}

test(`${allAttacks.length} attacks are shown and do nothing`, async () => {
  test.setTimeout(600_000);
  expect(new Set(allAttacks.map(({ name }) => name)).size).toBe(allAttacks.length);
  expect(allAttacks.length).toBeGreaterThanOrEqual(300);
  const folder = workFolder();
  const canary = path.join(folder, 'canary.txt');
  writeFileSync(canary, CANARY);
  utimesSync(canary, LONG_AGO, LONG_AGO);
  const archive = path.join(folder, 'attacks.mbox');
  const mailbox = attackMailbox(
    allAttacks.map((attack) => ({ ...attack, message: attack.message.replaceAll(FILE, canary) })),
  );
  writeFileSync(archive, mailbox);
  mkdirSync(path.join(folder, 'user-data'));
  const before = readdirSync(folder);

  const watched = await openWatched([archive], { folder });
  const { page, rows, row, app } = watched.window;
  await expect.poll(rows).toBe(allAttacks.length);
  const title = await page.title();
  const processes = await busyProcesses(app);
  expect(processes.length).toBeGreaterThan(1);
  await row(1).click();
  await page.locator('article[data-shown=true]').waitFor();

  for (const view of ['HTML', 'Text'] as const) {
    await test.step(`as ${view}`, async () => {
      await page.keyboard.press(view === 'HTML' ? 'Control+1' : 'Control+2');
      const opened: Opened[] = [];
      const showed: string[] = [];
      for (const [index, { name }] of allAttacks.entries()) {
        const before = processes.map(processorMs);
        const shown = await openNext(page, index + 1);
        const costs = processes.map((pid, at) => processorMs(pid) - (before[at] ?? 0));
        opened.push({ name, ...shown, cost: Math.max(...costs) });
        if (watched.signs.length > 0) showed.push(name, ...watched.signs.splice(0));
      }
      const costly = opened.toSorted((one, other) => other.cost - one.cost);
      const times = opened.map(({ ms }) => ms).sort((one, other) => one - other);
      console.log(`${view}: median ${times[times.length >> 1]?.toFixed(0)} ms`, costly.slice(0, 8));
      expect(showed).toEqual([]);
      expect(opened.filter(({ state }) => state !== 'shown')).toEqual([]);
      expect(costly.filter(({ cost }) => cost > COST_MS_MAX)).toEqual([]);
    });
  }

  expect(watched.signs).toEqual([]);
  expect(await page.title()).toBe(title);
  expect(await watched.asked()).toEqual([]);
  expect(watched.arrived).toEqual([]);
  const away = (await watched.went()).filter(
    (url) => !/^mailkeep-message:\/\/message\/\w+\/$/.test(url),
  );
  expect(away.filter((url) => url !== 'about:blank')).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(readdirSync(folder)).toEqual(before);
  expect(readFileSync(archive).equals(mailbox)).toBe(true);
  expect(statSync(canary).atime).toEqual(LONG_AGO);
  expect(statSync(canary).mtime).toEqual(LONG_AGO);
  await watched.close();
});
