/**
 * Goal: a message looks as it was meant, by day and by night: pictures it carries, colours of its own
 * or none, the hour where it was sent, a signature that stands back.
 * Method: letters in the real window, measured as they are drawn.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import {
  letter,
  LETTERS,
  PLAIN_HTML_ROW,
  QUOTES_ROW,
  SALE_ROW,
} from '../support/letters-to-show.ts';
import { openWindow, workFolder } from '../support/window.ts';

const SIGNED_ROW = 7;
const SIGNED = letter(
  'Fritz',
  'With a signature',
  'Content-Type: text/plain\n\nThe text itself.\n\n-- \nFritz, keeper of the signature',
);

/** How a text is drawn: its contrast, by WCAG 2, and whether the ground is dark. */
async function drawn(text: Locator): Promise<{ contrast: number; ground: 'dark' | 'light' }> {
  return text.evaluate((element) => {
    const light = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    let ground = 'rgb(255, 255, 255)';
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (/^rgba\(.*, 0\)$/.test(backgroundColor)) continue;
      ground = backgroundColor;
      break;
    }
    const [own, behind] = [light(getComputedStyle(element).color), light(ground)];
    const contrast = (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05);
    return { contrast, ground: behind < 0.2 ? 'dark' : 'light' };
  });
}

test('by day and by night every message can be read, in its own colours or in ours', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'letters.mbox');
  writeFileSync(archive, Buffer.concat([LETTERS, Buffer.from(SIGNED)]));
  const window = await openWindow([archive], { folder });
  const { page, row } = window;
  await expect.poll(window.rows, { timeout: 30_000 }).toBe(SIGNED_ROW);
  const show = async (place: number): Promise<void> => {
    // A row is there before what stands in it.
    await expect(row(place)).toHaveAttribute('data-key', /./);
    await row(place).click();
    const key = (await row(place).getAttribute('data-key')) ?? '';
    await page.locator(`article[data-key="${key}"][data-shown=true]`).waitFor();
  };
  const frame = page.frameLocator('iframe.message-frame');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

    await show(PLAIN_HTML_ROW);
    const plain = await drawn(frame.locator('p').first());
    expect(plain.ground).toBe(colorScheme);
    expect(plain.contrast).toBeGreaterThan(7);
    expect((await drawn(frame.locator('a').first())).contrast).toBeGreaterThan(4.5);

    await show(SALE_ROW);
    const sale = await drawn(frame.locator('p').first());
    expect(sale.ground).toBe('light');
    expect(sale.contrast).toBeGreaterThan(7);
    const picture = frame.getByAltText('green').first();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(120);

    await show(QUOTES_ROW);
    const quoted = page.locator('.message-text').first();
    expect((await drawn(quoted)).ground).toBe(colorScheme);

    await show(SIGNED_ROW);
    const text = await drawn(page.getByText('The text itself.'));
    const signature = await drawn(page.getByText('keeper of the signature'));
    expect(signature.contrast).toBeLessThan(text.contrast * 0.8);
    expect(signature.contrast).toBeGreaterThan(4.5);
    await window.picture(`signature-${colorScheme}`);
  }
  await window.close();
});

test('beside a date stands how far from UTC it was where the message was sent', async () => {
  const folder = workFolder();
  const archive = path.join(folder, 'letters.mbox');
  const zones = ['+0900', '-0330', '+0000'];
  const letters = zones.map((zone) =>
    letter('Fritz', `From ${zone}`, 'Content-Type: text/plain\n\nx').replace('+0100', zone),
  );
  writeFileSync(archive, letters.join(''));
  const window = await openWindow([archive], { folder });
  await expect.poll(window.rows, { timeout: 30_000 }).toBe(zones.length);
  const reader = window.page.getByRole('region', { name: 'Message' });
  for (const [at, zone] of ['UTC+09:00', 'UTC−03:30', 'UTC+00:00'].entries()) {
    await window.row(at + 1).click();
    await expect(reader).toContainText(`(sent at ${zone})`);
  }
  await window.close();
});
