/** Goal: whatever comes through a port is answered, and what no method takes is MISUSE, never a fault of ours. */

import { expect, test } from 'vitest';
import { type Handlers, serveContract } from '../../../electron/engine/serve.ts';
import { windowMethods } from '../../../shared/contract.ts';

test.each([
  ['bytes', new Uint8Array(8)],
  ['a name', { by: 'sender' }],
  ['nothing', null],
])('%s in place of a list are MISUSE', async (_what, narrowed) => {
  const serve = serveContract(windowMethods, {
    arrange: () => ({}),
  } as unknown as Handlers<typeof windowMethods>);
  const order = { view: 'all', sort: 'date', direction: 'ascending', query: '', narrowed };
  expect(await serve('arrange', order)).toMatchObject({ ok: false, error: { code: 'MISUSE' } });
});
