/** Settings: what one version of the app did not know yet, or what is out of bounds, costs nothing else. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Settings } from '../../../electron/main/settings.ts';
import { COLUMN_WIDTHS_USUAL } from '../../../shared/preferences.ts';

const BEFORE = {
  version: 1,
  panes: { side: 250, reader: 444 },
  preferences: { theme: 'dark', copy: 'none', start: 'empty', notices: 'off', explained: [] },
};

describe('settings', () => {
  let folder: string;
  const put = (found: object): Settings => {
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(found));
    return new Settings(folder);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('from before columns had widths and rows a density keep everything else', () => {
    const { panes, preferences } = put(BEFORE);
    expect(panes).toEqual({ side: 250, reader: 444, columns: COLUMN_WIDTHS_USUAL });
    expect(preferences).toMatchObject({ theme: 'dark', copy: 'none', density: 'comfortable' });
  });

  it.each([
    ['too wide', { date: null, from: 90_000, to: null, bytes: null }],
    ['too narrow', { date: 1, from: null, to: null, bytes: null }],
    ['no number', { date: null, from: '200', to: null, bytes: null }],
    ['not there', { date: 200 }],
    ['nothing of the kind', 'wide'],
  ])(
    'with a column that is %s have the usual columns, and the panes as they were',
    (_why, columns) => {
      const { panes } = put({ ...BEFORE, panes: { ...BEFORE.panes, columns } });
      expect(panes).toEqual({ side: 250, reader: 444, columns: COLUMN_WIDTHS_USUAL });
    },
  );

  it('remember columns', async () => {
    const columns = { date: 200, from: null, to: 300, bytes: 90 };
    const settings = put(BEFORE);
    settings.rememberPanes({ side: null, reader: null, columns });
    await settings.written;
    expect(new Settings(folder).panes.columns).toEqual(columns);
    expect(readFileSync(path.join(folder, 'settings.json'), 'utf8')).toContain('"bytes": 90');
  });
});
