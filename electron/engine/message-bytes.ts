/** What the terminal program says of a stored message besides what lists show. */

import { headerFields } from '../message/header-fields.ts';
import { correspondents } from '../message/header-text.ts';

/**
 * To whom a message was sent, as a person reads it.
 * @param stored its beginning; its header lies from `separatorLength` to `headerLength`
 */
export function recipients(
  stored: Uint8Array,
  {
    separatorLength,
    headerLength,
  }: { readonly separatorLength: number; readonly headerLength: number },
): string {
  const fields = headerFields(stored.subarray(separatorLength, headerLength));
  const to = fields.find((field) => field.name.toLowerCase() === 'to');
  return to ? correspondents(to.value) : '';
}
