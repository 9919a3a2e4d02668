/**
 * Goal: an archive that is opened by a double click on macOS is opened, also where that starts the app.
 * Method: the event as Electron sends it, before and after the app is ready.
 */

import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { BroughtFiles } from '../../../electron/main/brought-files.ts';

test('files that come before the app is ready are opened by it, those behind them at once', () => {
  const app = new EventEmitter();
  const brought = new BroughtFiles(app);
  let prevented = 0;
  const event = { preventDefault: () => prevented++ };
  app.emit('open-file', event, '/Users/ann/Inbox.mbox');
  app.emit('open-file', event, '/Users/ann/Sent.mbox');

  const later: string[] = [];
  const early = brought.take((file) => later.push(file));
  expect(early).toEqual(['/Users/ann/Inbox.mbox', '/Users/ann/Sent.mbox']);
  expect(later).toEqual([]);

  app.emit('open-file', event, '/Users/ann/Old.mbox');
  expect(later).toEqual(['/Users/ann/Old.mbox']);
  expect(prevented).toBe(3);
});
