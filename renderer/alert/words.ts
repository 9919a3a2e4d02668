/** What another program did to the archive, in a sentence with numbers. */

import type { Diff } from '../../shared/diff.ts';
import type { Status } from '../../shared/status.ts';
import type { Amount } from '../../shared/units.ts';
import { formatBytes, formatCount } from '../design/format.ts';

function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** What undoing a compaction has done. */
export function restoredInWords({ messages, bytes }: Amount): string {
  if (messages === 0) return 'Every message that was kept is in the archive already.';
  return `Put back ${formatCount(messages, 'message')} (${formatBytes(bytes)}) at the end of the archive.`;
}

/** `Another program added 3 messages and removed 1 message.` */
export function diffInWords(diff: Diff): string {
  if (diff.how === 'vanished') {
    return 'The file is no longer at its place: another program moved or deleted it. What was read is still shown; nothing will be written.';
  }
  const done = [
    diff.arrived > 0 ? `added ${formatCount(diff.arrived, 'message')}` : '',
    diff.gone > 0 ? `removed ${formatCount(diff.gone, 'message')}` : '',
    diff.altered > 0 ? `changed ${formatCount(diff.altered, 'message')}` : '',
  ].filter((part) => part !== '');
  const what = list(done) || 'touched the archive; every message is as it was';
  const who =
    diff.how === 'replaced' ? 'Another program put a new file in its place: it' : 'Another program';
  const lost =
    diff.marksLost > 0
      ? ` ${formatCount(diff.marksLost, 'deletion mark')} went with messages that are gone or changed.`
      : '';
  return `${who} ${what}.${lost}`;
}

const MARKS_MEMORY: Readonly<Record<Status['marks']['memory'], string>> = {
  none: '',
  kept: '',
  damaged:
    'What was marked the last time cannot be read any more, so nothing of it is marked. Nothing was deleted.',
  newer:
    'A newer Mailkeep has marked messages here. This one leaves those marks alone, and what you mark now holds until you close the archive.',
  unsaved:
    'What you mark cannot be remembered now: the disk is full, or your own folder cannot be written. Marks hold until you close the archive.',
};

/** What there is to say of marks that outlive a session; empty if all is well. */
export function marksInWords({ memory, lost }: Status['marks']): string {
  const gone =
    lost === 0
      ? ''
      : `${formatCount(lost, 'deletion mark')} of last time did not come back: the messages are gone or changed. Nothing was deleted.`;
  return [MARKS_MEMORY[memory], gone].filter(Boolean).join(' ');
}
