/** Explains a step that removes something, once, in the place where it is taken. */

import { Info } from 'lucide-react';
import type { Explained } from '../../shared/preferences.ts';
import { useAppStore, usePreferences } from '../app/use-store.ts';
import { say } from '../../shared/language/say.ts';

/** Nothing once a person has said that they know. */
export function Explanation({ step }: { readonly step: Explained }) {
  const { preferences } = useAppStore();
  const { explained } = usePreferences().preferences;
  if (explained.includes(step)) return null;
  return (
    <div role="note" className="explanation">
      <Info size={18} aria-hidden />
      <p>{say(`explain.${step}`)}</p>
      <button type="button" className="small-button" onClick={() => preferences.understood(step)}>
        {say('explain.understood')}
      </button>
    </div>
  );
}
