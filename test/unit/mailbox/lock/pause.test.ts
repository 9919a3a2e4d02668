/** Goal: a wait costs little however long it is, programs do not march in step, and Cancel is instant. */

import { describe, expect, it } from 'vitest';
import { pause, pauseMs } from '../../../../electron/mailbox/lock/pause.ts';

describe('the pause between rounds', () => {
  it('grows from a few milliseconds to a twentieth of a second, and no further', () => {
    const longest = Array.from({ length: 30 }, (_, round) => pauseMs(round, 1));
    expect(longest[0]).toBe(10);
    expect(longest).toEqual([...longest].sort((one, other) => one - other));
    expect(longest.at(-1)).toBe(50);
  });

  it('is half fixed and half chance', () => {
    expect(pauseMs(20, 0)).toBe(25);
    expect(pauseMs(20, 1)).toBe(50);
    expect(new Set(Array.from({ length: 20 }, () => pauseMs(20))).size).toBeGreaterThan(1);
  });

  it('ends at once when it is cancelled, before or meanwhile', async () => {
    const hour = 3_600_000;
    await expect(pause(hour, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    const controller = new AbortController();
    const paused = pause(hour, controller.signal);
    controller.abort();
    await expect(paused).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
