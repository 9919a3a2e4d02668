/** Every format of `electron/mailbox/format`, found by what its files export: a new one is fuzzed by itself. */

/// <reference types="vite/types/importMeta.d.ts" />

import type { Format } from '../../electron/mailbox/format/format.ts';

const modules = import.meta.glob<Record<string, unknown>>('../../electron/mailbox/format/*.ts', {
  eager: true,
});

function isFormat(value: unknown): value is Format {
  return typeof value === 'object' && value !== null && 'scanner' in value && 'recognises' in value;
}

const exported = Object.values(modules).flatMap((one) => Object.entries(one));

/** The formats with the limits that the product has. */
export const FORMATS_THERE: readonly Format[] = exported
  .map(([, value]) => value)
  .filter(isFormat)
  .sort((one, other) => one.name.localeCompare(other.name));

/** Those to which something can be added. */
export const WRITABLE_FORMATS: readonly Format[] = FORMATS_THERE.filter(
  ({ readOnly }) => readOnly === undefined,
);

/** So little is looked at around a line that small inputs reach every border. */
const NARROW = { aheadBytes: 150, partBytes: 120 };

/** The same with narrow limits, where a format can be made with them (`mboxWithin`). */
export const NARROW_FORMATS: readonly Format[] = exported
  .filter(([name, value]) => name.endsWith('Within') && typeof value === 'function')
  .map(([, value]) => (value as (limits: typeof NARROW) => unknown)(NARROW))
  .filter(isFormat);

if (FORMATS_THERE.length === 0) throw new Error('no format was found');
