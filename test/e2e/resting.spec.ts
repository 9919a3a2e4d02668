/** Engines of archives that nobody looks at end, and nobody notices; one with marks never does. */

import path from 'node:path';
import { expect, test } from '@playwright/test';
import { mbox, putFiles } from '../support/mail-folders.ts';
import { type OpenWindow, openWindow, workFolder } from '../support/window.ts';

/** How many engines are running. */
const engines = ({ app }: OpenWindow): Promise<number> =>
  app.evaluate(
    ({ app: main }) =>
      main
        .getAppMetrics()
        .filter(({ serviceName, name }) => [serviceName, name].includes('Mailkeep engine')).length,
  );

test('an engine ends at rest and starts when its archive is chosen; one with marks stays', async () => {
  const folder = workFolder();
  const mail = path.join(folder, 'Mail');
  const named = { Marked: 30, Searched: 40, Seen: 5 };
  for (const [name, count] of Object.entries(named)) putFiles(mail, { [name]: mbox(name, count) });
  const window = await openWindow([mail], { folder, switches: ['--rest-after-ms=2000'] });
  const { page } = window;
  const tree = page.getByRole('tree', { name: 'Library' });
  const reader = page.getByRole('region', { name: 'Message' });

  await tree.getByRole('treeitem', { name: 'Marked' }).click();
  await expect.poll(window.rows).toBe(30);
  await window.row(4).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Compact', exact: true })).toBeEnabled();

  await tree.getByRole('treeitem', { name: 'Searched' }).click();
  await expect.poll(window.rows).toBe(40);
  await page.getByRole('searchbox').fill('subject:searched-1');
  await expect.poll(window.rows).toBe(11);
  await window.row(7).click();
  await expect(reader).toContainText('Searched-15');

  // All three run, until nobody has looked at one for a while.
  await tree.getByRole('treeitem', { name: 'Seen' }).click();
  await expect.poll(window.rows).toBe(5);
  await expect.poll(() => engines(window)).toBe(2);

  await tree.getByRole('treeitem', { name: 'Searched' }).click();
  await expect.poll(window.rows).toBe(11);
  await expect(page.getByRole('searchbox')).toHaveValue('subject:searched-1');
  await expect(reader).toContainText('Searched-15');
  await expect(window.row(7)).toHaveAttribute('aria-selected', 'true');

  await tree.getByRole('treeitem', { name: 'Marked' }).click();
  await expect.poll(window.rows).toBe(30);
  await expect(page.getByRole('button', { name: 'Compact', exact: true })).toBeEnabled();
  await window.close();
});
