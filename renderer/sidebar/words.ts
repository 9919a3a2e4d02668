/** What an archive is, in words. */

import type { LockState, Status } from '../../shared/status.ts';

const LINE_ENDS: Readonly<Record<Status['lineEnd'], string>> = {
  LF: 'Unix (LF)',
  CRLF: 'Windows (CRLF)',
  CR: 'old Mac (CR)',
  mixed: 'mixed',
  none: 'none',
};

export const lineEndInWords = (status: Status): string => LINE_ENDS[status.lineEnd];

/** How far the table of contents is to be believed (I9). */
export function stateInWords(status: Status): string {
  switch (status.state) {
    case 'scanning':
      return 'Still reading: the list is not complete yet';
    case 'stopped':
      return 'Reading was stopped: the list is not complete';
    case 'compacting':
      return 'Compacting';
    case 'unsure':
      return 'A write failed; open the archive again to repair it';
    case 'vanished':
      return 'The file is no longer at its place';
    case 'ready':
      return status.packed?.incomplete ? 'Not the whole archive' : 'Complete';
  }
}

const LOCK_STATES: Readonly<Record<LockState['state'], string>> = {
  held: 'held',
  free: 'available',
  unavailable: 'not available',
};

export const lockInWords = (lock: LockState): string =>
  lock.why ? `${LOCK_STATES[lock.state]}: ${lock.why}` : LOCK_STATES[lock.state];
