/**
 * Whatever a person does to a column, it stays within its bounds, the subject keeps its least width, and
 * what is remembered is something that main takes.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnExtent,
  rememberedPixels,
  SUBJECT_PIXELS_MIN,
} from '../../../renderer/list/column-widths.ts';
import { keyed, within } from '../../../renderer/panes/extent.ts';
import { COLUMN_WIDTHS_USUAL, columnWidthsSchema } from '../../../shared/preferences.ts';

const pixels = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const columns = fc.record({ column: pixels(60, 1200), subject: pixels(135, 4000) });
const keys = fc.array(fc.constantFrom('ArrowLeft', 'ArrowRight', 'Home', 'End'), { maxLength: 30 });
const sign = fc.constantFrom(1 as const, -1 as const);

describe('the width of a column', () => {
  it('takes from the subject what that can spare, wherever it is dragged', () => {
    fc.assert(
      fc.property(columns, pixels(-3000, 3000), ({ column, subject }, by) => {
        const extent = columnExtent(column, subject);
        const to = within(extent, extent.pixels + by);
        expect(subject - (to - column)).toBeGreaterThanOrEqual(SUBJECT_PIXELS_MIN - 1);
        expect(extent.min).toBeLessThanOrEqual(extent.pixels);
        expect(extent.pixels).toBeLessThanOrEqual(extent.max);
        expect(to).toBeGreaterThanOrEqual(extent.min);
      }),
    );
  });

  it('is one that can be remembered, also where it was measured with too little room', () => {
    fc.assert(
      fc.property(pixels(0, 5000), (measured) => {
        const widths = { ...COLUMN_WIDTHS_USUAL, from: rememberedPixels(measured) };
        expect(columnWidthsSchema.safeParse(widths).success).toBe(true);
      }),
    );
  });

  it('stays within its bounds by keys, and one arrow takes back what the other did', () => {
    fc.assert(
      fc.property(columns, keys, sign, ({ column, subject }, pressed, way) => {
        let extent = columnExtent(column, subject);
        for (const key of pressed) {
          const to = keyed(key, extent, way) ?? Number.NaN;
          expect(to).toBeGreaterThanOrEqual(extent.min);
          expect(to).toBeLessThanOrEqual(extent.max);
          extent = { ...extent, pixels: to };
        }
        const middle = { pixels: 500, min: 60, max: 1200 };
        const wider = keyed(way === 1 ? 'ArrowRight' : 'ArrowLeft', middle, way) ?? 0;
        expect(wider).toBeGreaterThan(500);
        const back = { ...middle, pixels: wider };
        expect(keyed(way === 1 ? 'ArrowLeft' : 'ArrowRight', back, way)).toBe(500);
      }),
    );
  });

  it('is left alone by other keys', () => {
    expect(keyed('j', { pixels: 100, min: 60, max: 200 }, 1)).toBeNull();
  });
});
