/** What helps those who are asked for help, as text to be pasted: the machine, the choices, the log. No mail. */

import os from 'node:os';
import { app } from 'electron';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

export function diagnostics(settings: Settings, log: Log, open: number): string {
  const { versions, platform, arch } = process;
  const { preferences, reader, trouble } = settings;
  const { view, zoom, threads, pictureSenders } = reader;
  const facts = {
    mailkeep: app.getVersion(),
    electron: versions.electron,
    chromium: versions.chrome,
    system: `${platform} ${os.release()} ${arch}`,
    locale: app.getLocale(),
    memoryMiB: Math.round(os.totalmem() / 2 ** 20),
    processors: os.cpus().length,
    packaged: app.isPackaged,
    archivesOpen: open,
    engines: app.getAppMetrics().filter(({ name }) => name === 'Mailkeep engine').length,
    preferences,
    reader: { view, zoom, threads, pictureSenders: pictureSenders.length },
    settings: trouble,
  };
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return ['Mailkeep diagnostics', ...lines, '', ...log.last(), ''].join('\n');
}
