/** Why a line of an archive could be read otherwise, in a sentence for somebody who never heard of mbox. */

import type { DoubtfulLine } from '../../shared/dialect-report.ts';
import { type PlainId, say } from '../../shared/language/say.ts';

/** The clauses of the format's scanners, which are English, and what the window says for each. */
const DOUBTS: Readonly<Record<string, PlainId>> = {
  'no empty line before it': 'doubt.blank',
  'no date in it': 'doubt.date',
  'no header field after it': 'doubt.header',
  'no empty line before it and no date in it': 'doubt.blank-date',
  'no empty line before it and no header field after it': 'doubt.blank-header',
  'no date in it and no header field after it': 'doubt.date-header',
  'no empty line before it, no date in it and no header field after it': 'doubt.blank-date-header',
  'it stands alone with one word': 'doubt.oneWord',
  'it lies inside the body that Content-Length measures': 'doubt.measured',
  'it begins a patch of git inside a message': 'doubt.patch',
  'it lies inside an attachment of the message before it': 'doubt.enclosed',
  'no postmark closes the message before it': 'doubt.noPostmark',
  'another postmark stands behind it': 'doubt.otherPostmark',
  'it neither opens nor closes a message': 'doubt.neither',
  'text behind it belongs to no message': 'doubt.behind',
  'blank lines stand between it and its ^L': 'doubt.blankLines',
  'it stands at the start of a line but ends no message': 'doubt.endsNone',
};

/** What a line is taken for, and why that can be doubted. */
export function verdictInWords({ reading, why, overruled }: DoubtfulLine): string {
  if (overruled && reading !== 'end') return say(`verdict.said.${reading}`);
  const clause = DOUBTS[why];
  return say(`verdict.${reading}`, { reason: clause ? say(clause) : why });
}
