/** Where the window says what is not written anywhere else as it happens; alerts are places of their own. */

import { useSyncExternalStore } from 'react';
import { announcements } from './announcements.ts';

/** It is there before anything is said: a place that comes with its words is not read. */
export function Announcer() {
  const { said } = useSyncExternalStore(announcements.subscribe, announcements.snapshot);
  return (
    <div className="unseen" aria-live="polite" aria-relevant="additions" data-announcer>
      {said.map(({ serial, text }) => (
        <p key={serial}>{text}</p>
      ))}
    </div>
  );
}
