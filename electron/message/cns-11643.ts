/**
 * CNS 11643, the Chinese standard of Taiwan, as Big5. Imports nothing.
 *
 * Planes 1 and 2 hold the characters of Big5 in the same order, by strokes, but for some that one of
 * the two put elsewhere: a few runs say it all. Planes 3 and up hold what Big5 has not; there is no
 * table of them here, and mail that uses them was not found.
 */

/** Places in a plane, from 0 (row 1, column 1); places in Big5, from 0xa140; how many follow. */
type Run = readonly [cns: number, big5: number, count: number];

const PLANE_1: readonly Run[] = [
  [0, 0, 21],
  [21, 23, 2],
  [24, 22, 1],
  [29, 29, 44],
  [73, 74, 1],
  [74, 73, 1],
  [75, 75, 52],
  [127, 128, 1],
  [128, 127, 1],
  [130, 130, 18],
  [148, 149, 1],
  [149, 148, 1],
  [150, 150, 84],
  [282, 234, 29],
  [312, 264, 1],
  [314, 266, 142],
  [3290, 471, 17],
  [3307, 263, 1],
  [3308, 489, 86],
  [3394, 265, 1],
  [3395, 576, 1307],
  [4702, 1884, 424],
  [5126, 1883, 1],
  [5127, 2308, 1876],
  [7003, 4571, 1],
  [7004, 4184, 387],
  [7391, 4572, 525],
  [7916, 5286, 1],
  [7917, 5097, 105],
  [8023, 5203, 83],
  [8106, 5287, 84],
  [8190, 5517, 1],
  [8191, 5371, 54],
  [8245, 5426, 1],
  [8246, 5425, 1],
  [8247, 5427, 90],
  [8337, 5518, 354],
];

const PLANE_2: readonly Run[] = [
  [0, 6280, 10],
  [10, 6291, 33],
  [43, 6372, 1],
  [44, 6324, 48],
  [92, 6373, 46],
  [138, 6586, 1],
  [139, 6419, 167],
  [306, 6587, 1840],
  [2146, 9074, 1],
  [2147, 8428, 108],
  [2255, 8537, 537],
  [2792, 8427, 1],
  [2793, 9075, 100],
  [2893, 8536, 1],
  [2894, 9175, 399],
  [3293, 9575, 1637],
  [4930, 11761, 1],
  [4931, 11212, 146],
  [5077, 11899, 1],
  [5078, 11358, 287],
  [5365, 12508, 1],
  [5366, 11645, 116],
  [5482, 11762, 137],
  [5619, 11900, 104],
  [5723, 12425, 1],
  [5724, 12004, 222],
  [5946, 12227, 198],
  [6144, 12426, 82],
  [6226, 12509, 86],
  [6312, 12226, 1],
  [6313, 12595, 8],
  [6321, 12604, 153],
  [6474, 12758, 56],
  [6530, 13114, 1],
  [6531, 12814, 113],
  [6644, 12603, 1],
  [6645, 12927, 142],
  [6787, 12757, 1],
  [6788, 13069, 45],
  [6833, 13115, 71],
  [6904, 13380, 1],
  [6905, 13186, 194],
  [7099, 13381, 490],
  [7589, 13914, 1],
  [7590, 13871, 43],
  [7633, 13915, 1],
  [7634, 13917, 11],
  [7645, 13916, 1],
  [7646, 13928, 4],
];

const COLUMNS = 94;
const BIG5_COLUMNS = 157;
/** Columns of Big5 from 0x40; those behind them begin at 0xa1. */
const BIG5_LOW_COLUMNS = 63;

/**
 * The two bytes of Big5 for a character of CNS 11643; null if it has none.
 * @param row as a byte of seven bits, 0x21 to 0x7e; so `column`
 */
export function big5OfCns(plane: number, row: number, column: number): Buffer | null {
  const runs = [[], PLANE_1, PLANE_2][plane] ?? [];
  const place = (row - 0x21) * COLUMNS + (column - 0x21);
  const run = runs.find(([cns, , count]) => place >= cns && place < cns + count);
  if (!run) return null;
  const big5 = run[1] + place - run[0];
  const low = big5 % BIG5_COLUMNS;
  return Buffer.from([
    0xa1 + Math.floor(big5 / BIG5_COLUMNS),
    low < BIG5_LOW_COLUMNS ? 0x40 + low : 0xa1 + low - BIG5_LOW_COLUMNS,
  ]);
}
