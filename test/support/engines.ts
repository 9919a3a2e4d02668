/** The engines of a running app, for tests that stop or kill one. */

import type { ElectronApplication } from '@playwright/test';

/** The processes of all its engines. */
export const enginesOf = (app: ElectronApplication): Promise<readonly number[]> =>
  app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ name }) => name === 'Mailkeep engine')
      .map(({ pid }) => pid),
  );
