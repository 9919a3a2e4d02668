/** A message as a row of a list shows it. */

import type { Envelopes } from '../../catalog/envelopes.ts';
import type { Row } from '../../../shared/row.ts';
import type { MessageNumber } from '../../../shared/units.ts';
import type { Contents } from '../../mailbox/toc/contents.ts';
import { toFlags } from '../../message/flags.ts';

/** What the archive itself says: neither marked nor selected. The message must have its envelope. */
export function shownRow(
  { table, keys }: Pick<Contents, 'table' | 'keys'>,
  envelopes: Envelopes,
  number: MessageNumber,
): Row {
  return {
    key: keys.keyOf(number),
    position: number,
    date: envelopes.date(number),
    from: envelopes.from(number),
    to: envelopes.to(number),
    subject: envelopes.subject(number),
    bytes: table.length(number),
    attachment: envelopes.attachment(number),
    flags: toFlags(envelopes.flags(number)),
    marked: false,
    selected: false,
  };
}
