/** Copies the texts of envelopes that are still in use, and nothing else. Imports its neighbours. */

import { DistinctTexts } from './distinct-texts.ts';
import { type Columns, RECURRING } from './envelope-columns.ts';
import { placeInBlock, Texts } from './texts.ts';

/** The subjects of the first `count` messages; their places become those in there. */
export function repackedSubjects(columns: Columns, before: Texts, count: number): Texts {
  const { places, subjectBytes } = columns;
  const subjects = new Texts();
  for (let number = 0; number < count; number++) {
    const block = before.block(places[number] ?? 0);
    const at = placeInBlock(places[number] ?? 0);
    if (block) places[number] = subjects.add(block, at, at + (subjectBytes[number] ?? 0));
  }
  return subjects;
}

/** What recurs in the first `count` messages; their numbers become those in there. */
export function repackedPeople(
  columns: Columns,
  { texts, places, bytes }: DistinctTexts,
  count: number,
): DistinctTexts {
  const people = DistinctTexts.none();
  for (const name of RECURRING) {
    const column = columns[name];
    for (let number = 0; number < count; number++) {
      const person = column[number] ?? 0;
      const place = places[person] ?? 0;
      const at = placeInBlock(place);
      const block = texts.block(place);
      column[number] = block ? people.numberOf(block, at, at + (bytes[person] ?? 0)) : 0;
    }
  }
  return people;
}
