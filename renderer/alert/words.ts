/** What another program did to the archive, in a sentence with numbers. */

import type { Diff } from '../../shared/diff.ts';
import { say } from '../../shared/language/say.ts';
import type { Status } from '../../shared/status.ts';
import type { Amount } from '../../shared/units.ts';
import { formatBytes } from '../design/format.ts';

/** What undoing a compaction has done. */
export function restoredInWords({ messages, bytes }: Amount): string {
  if (messages === 0) return say('alerts.restoredNone');
  return say('alerts.restored', { messages, size: formatBytes(bytes) });
}

/** `Another program added 3 messages and removed 1 message.` */
export function diffInWords(diff: Diff): string {
  if (diff.how === 'vanished') return say('news.vanished');
  const { arrived, gone, altered, how, marksLost: marks } = diff;
  const done = say(`news.${whatIn(diff)}`, { how, arrived, gone, altered });
  return marks > 0 ? `${done} ${say('news.marksLost', { marks })}` : done;
}

/** Each mixture of changes has a sentence of its own: other languages do not join them by "and". */
function whatIn({ arrived, gone, altered }: Diff) {
  if (arrived > 0 && gone > 0) return altered > 0 ? 'arrived-gone-altered' : 'arrived-gone';
  if (arrived > 0) return altered > 0 ? 'arrived-altered' : 'arrived';
  if (gone > 0) return altered > 0 ? 'gone-altered' : 'gone';
  return altered > 0 ? 'altered' : 'untouched';
}

/** What there is to say of marks that outlive a session; empty if all is well. */
export function marksInWords({ memory, lost: marks }: Status['marks']): string {
  const sentences = [
    memory === 'none' || memory === 'kept' ? '' : say(`marks.${memory}`),
    marks === 0 ? '' : say('marks.lost', { marks }),
  ];
  return sentences.filter(Boolean).join(' ');
}
