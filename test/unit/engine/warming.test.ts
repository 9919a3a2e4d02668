/** Goal: an engine that gets ready beforehand keeps nobody waiting. Method: it is asked to stop. */

import { expect, test } from 'vitest';
import { warmUp } from '../../../electron/engine/envelopes/warming.ts';

test('getting ready ends as soon as there is something to open', async () => {
  let asked = 0;
  await warmUp(() => {
    asked += 1;
    return asked < 2;
  });
  expect(asked).toBe(2);
});
