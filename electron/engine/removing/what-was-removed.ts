/**
 * Which messages of a kept copy a compaction has removed, and which still stand in the archive because
 * it did not come to that: a crash while the copy was being written, or while the archive was not
 * yet changed.
 *
 * Told by the keys that were written before the copy, not by places: a copy that a crash cut short has
 * fewer messages, and one that is read otherwise by now has others. What cannot be told for sure is
 * put back: twice rather than never.
 */

import { type Key, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import { fingerprintText, parsed } from '../../mailbox/toc/key-text.ts';

/**
 * Whether every message that was to be removed is still there: then the copy may be torn, or so short
 * that nothing tells its format.
 */
export const nothingWasRemoved = (archive: Pick<Mailbox, 'keys'>, keys: readonly Key[]): boolean =>
  keys.length > 0 && keys.every((key) => archive.keys.numberOf(key) !== null);

/** The keys by the fingerprint they name, in their order. */
function byFingerprint(keys: readonly Key[]): Map<string, Key[]> {
  const waiting = new Map<string, Key[]>();
  for (const key of keys) {
    const name = parsed(key)?.name ?? '';
    const twins = waiting.get(name);
    if (twins) twins.push(key);
    else waiting.set(name, [key]);
  }
  // From the back, so that `pop` takes equal messages in their order.
  for (const twins of waiting.values()) twins.reverse();
  return waiting;
}

/**
 * What of a copy is to be put back.
 * @param keys of the messages that were to be removed, in the order of the copy
 * @returns `everything` if some are not to be found in the copy as it is read now: then every byte of it
 */
export function whatWasRemoved(
  copy: Pick<Mailbox, 'table'>,
  archive: Pick<Mailbox, 'keys'>,
  keys: readonly Key[],
): readonly MessageNumber[] | 'everything' {
  const isGone = (key: Key): boolean => archive.keys.numberOf(key) === null;
  const waiting = byFingerprint(keys);
  const removed: MessageNumber[] = [];
  for (let at = 0; at < copy.table.count; at++) {
    const number = messageNumber(at);
    const key = waiting.get(fingerprintText(copy.table, number))?.pop();
    // One without a key is a part of others: those that were torn, or are read otherwise now.
    if (key !== undefined && isGone(key)) removed.push(number);
  }
  const isMissing = [...waiting.values()].some((twins) => twins.some(isGone));
  return isMissing || keys.length === 0 ? 'everything' : removed;
}
