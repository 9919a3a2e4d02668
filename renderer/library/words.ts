/** The library, in words. */

import type { Omitted } from '../../shared/found-archive.ts';

export const WHY_OMITTED: Readonly<Record<Omitted['why'], string>> = {
  unreadable: 'may not be read, or cannot be',
  'other disk': 'is on another disk: open it as a folder of its own',
  'too deep': 'lies too deep',
  'too many': 'holds more than is looked at',
};
