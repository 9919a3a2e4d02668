/** All messages of an archive that a query finds, their texts read: for the terminal program. */

import { atOnce } from '../../../shared/steps.ts';
import type { Arrangement } from '../../../shared/row.ts';
import type { SearchHint } from '../../../shared/search-answer.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { Archive } from '../archive/archive.ts';

interface Found {
  readonly numbers: readonly MessageNumber[];
  readonly hints: readonly SearchHint[];
  /** So many messages' texts are indexed, and need not be read; null if texts have no say. */
  readonly indexed: number | null;
}

type How = Pick<Arrangement, 'sort' | 'direction'>;

/** @throws CANCELLED, IO */
export async function foundBy(
  archive: Archive,
  query: string,
  how: How = { sort: 'position', direction: 'ascending' },
): Promise<Found> {
  const { listing } = archive;
  await archive.texts.readRest(query);
  const question = await listing.questions.asked(query, () => true);
  if (!question) return { numbers: [], hints: [], indexed: null };
  const numbers = atOnce(listing.arrangedSteps({ view: 'all', query, ...how }, question));
  return {
    numbers: Array.from(numbers.numbers, messageNumber),
    hints: question.hints,
    indexed: question.isOfTexts ? archive.indexing.state().covered : null,
  };
}
