/**
 * Goal: on Windows a program that has a file of ours open for a moment costs nobody what was to be kept in
 * it; what is refused for good is told, there and elsewhere.
 * Method: renaming that fails some times, as Windows fails it, and then does what it should.
 */

import { describe, expect, it } from 'vitest';
import { renameOver } from '../../../shared/renaming.ts';

/** Renaming that is refused so many times before it is done. */
function refused(times: number, code: string) {
  let tries = 0;
  const rename = (): void => {
    if (++tries <= times) throw Object.assign(new Error(code), { code });
  };
  return { rename, tries: () => tries };
}

const renamed = (rename: () => void, platform: string): Promise<void> =>
  renameOver(
    async () => rename(),
    platform,
    async () => undefined,
  );

describe('a file of ours that is given the name of another', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('%s is tried again on Windows', async (code) => {
    const held = refused(2, code);
    await renamed(held.rename, 'win32');
    expect(held.tries()).toBe(3);
  });

  it('what stays refused is told', async () => {
    const held = refused(1000, 'EBUSY');
    await expect(renamed(held.rename, 'win32')).rejects.toThrow('EBUSY');
    expect(held.tries()).toBe(7);
  });

  it.each([
    ['win32', 'ENOSPC'],
    ['linux', 'EACCES'],
    ['darwin', 'EPERM'],
  ])('on %s, %s is told at once', async (platform, code) => {
    const held = refused(1, code);
    await expect(renamed(held.rename, platform)).rejects.toThrow(code);
    expect(held.tries()).toBe(1);
  });
});
