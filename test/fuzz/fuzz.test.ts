/**
 * Goal: nothing that strangers can write makes us fall over, work without an end, or say what is not
 * so. Method: the first inputs of the long run (`npm run fuzz`), the same in every run of the tests,
 * and hostile files of two sizes each, smaller than there.
 */

import { describe, expect, test } from 'vitest';
import { runCampaign, TARGETS } from './campaign.ts';
import { Chance } from './chance.ts';
import { fits, fitting } from './contract-calls.ts';
import { SHAPES } from './contract-targets.ts';
import { FORMATS_THERE, NARROW_FORMATS } from './formats.ts';
import { growthOf, HOSTILE } from './growing.ts';

const SEED = 1;
const INPUTS_EACH = 100;
const GROWING_SHARE = 1 / 16;

test('every format is tried', () => {
  const names = FORMATS_THERE.map(({ name }) => name);
  expect(names).toContain('mbox');
  expect(NARROW_FORMATS.map(({ name }) => name).sort()).toEqual(names);
});

test('what is invented for a method is of the shape that it takes', () => {
  for (const [method, shape] of SHAPES) {
    for (let index = 0; index < INPUTS_EACH; index++) {
      const invented = fitting(shape, new Chance(SEED, index));
      expect(fits(shape, invented), `${method}, ${index}`).toBe(true);
    }
  }
});

describe('hostile inputs', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s',
    async (_name, target) => {
      const campaign = { seed: SEED, from: 0, inputs: INPUTS_EACH, targets: [target] };
      const { failures } = await runCampaign(campaign);
      expect(failures.map(({ index, why }) => `input ${index}: ${why}`)).toEqual([]);
    },
  );
});

describe('eight times the bytes are at most eight times the work:', () => {
  test.each(HOSTILE.map((hostile) => [hostile.name, hostile] as const))(
    '%s',
    async (_name, hostile) => {
      expect(await growthOf(hostile, GROWING_SHARE)).toMatchObject({ linear: true });
    },
  );
});
