/** Every attack there is, in one list: some hundreds, each with a name of its own. */

import { addressAttacks } from './address.ts';
import type { Attack } from './attack.ts';
import { mutationAttacks } from './mutation.ts';
import { nameAttacks } from './names.ts';
import { scriptAttacks } from './script.ts';
import { structureAttacks } from './structure.ts';
import { styleAttacks } from './style.ts';
import { wrapped } from './wrapped.ts';

export const allAttacks: readonly Attack[] = [
  ...scriptAttacks,
  ...mutationAttacks,
  ...addressAttacks,
  ...styleAttacks,
  ...structureAttacks,
  ...nameAttacks,
  ...wrapped,
];
