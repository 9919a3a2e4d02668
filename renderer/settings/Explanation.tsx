/** Explains a step that removes something, once, in the place where it is taken. */

import { Info } from 'lucide-react';
import type { Explained } from '../../shared/preferences.ts';
import { useAppStore, usePreferences } from '../app/use-store.ts';

const TEXTS: Readonly<Record<Explained, string>> = {
  delete:
    'Deleting only marks a message: nothing in the file changes, and you can take it back at any time. Marks stay when you close Mailkeep. Messages go when you choose Compact.',
  compact:
    'Compacting takes the marked messages out of the file and closes the gaps, so that the file becomes shorter. Only messages whose bytes are those you saw are removed; all others stay exactly as they are.',
};

/** Nothing once a person has said that they know. */
export function Explanation({ step }: { readonly step: Explained }) {
  const { preferences } = useAppStore();
  const { explained } = usePreferences().preferences;
  if (explained.includes(step)) return null;
  return (
    <div role="note" className="explanation">
      <Info size={18} aria-hidden />
      <p>{TEXTS[step]}</p>
      <button type="button" className="small-button" onClick={() => preferences.understood(step)}>
        Do not show again
      </button>
    </div>
  );
}
