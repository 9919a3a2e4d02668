/** Completing what is typed as a query: what is offered, which of it is chosen, and the keys for it. */

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import {
  completed,
  type Completion,
  completionsOf,
  type KnownNames,
  type Written,
} from './completions.ts';
import { useSavedSearches } from './saved-searches.ts';

interface Offer {
  /** Another archive has other names. */
  readonly names: KnownNames;
  readonly completions: readonly Completion[];
  /** -1 for none: Enter means then what it always means. */
  readonly at: number;
}

export interface Completing {
  readonly completions: readonly Completion[];
  readonly at: number;
  /** A person typed, or moved the caret. */
  readonly look: (field: HTMLInputElement) => void;
  readonly close: () => void;
  readonly take: (completion: Completion) => void;
  /** @returns true if the key was meant for it */
  readonly key: (event: KeyboardEvent) => boolean;
}

/** @param names null where nothing is completed; the same value as long as they are those of the same archives */
export function useCompleting(
  names: KnownNames | null,
  field: React.RefObject<HTMLInputElement | null>,
  change: (text: string) => void,
): Completing {
  const [, searches] = useSavedSearches();
  const [made, setOffer] = useState<Offer | null>(null);
  const offer = made?.names === names ? made : null;
  const [caret, setCaret] = useState<number | null>(null);
  /** What was looked at last: answers about anything else come too late. */
  const looked = useRef('');

  // A caret in the middle stays there only once the text is in the field.
  useLayoutEffect(() => {
    if (caret === null) return;
    field.current?.setSelectionRange(caret, caret);
    if (field.current) look(field.current);
    setCaret(null);
  });
  const close = (): void => {
    looked.current = '';
    setOffer(null);
  };
  const look = ({ value, selectionStart, selectionEnd }: HTMLInputElement): void => {
    const written = { text: value, caret: selectionStart ?? 0 };
    const name = nameOf(written);
    if (name === looked.current) return;
    if (!names || selectionStart !== selectionEnd) return close();
    looked.current = name;
    void completionsOf(written, names, searches).then(
      (completions) => {
        if (looked.current !== name) return;
        setOffer(completions.length === 0 ? null : { names, completions, at: -1 });
      },
      () => setOffer(null),
    );
  };
  const take = (completion: Completion): void => {
    if (!offer || !field.current) return;
    const after = completed(field.current.value, completion);
    close();
    // Behind an operator its values follow; a term, or a whole search, is what was meant.
    if (!completion.insert.endsWith(':')) looked.current = nameOf(after);
    change(after.text);
    setCaret(after.caret);
  };
  const key = ({ key: pressed, nativeEvent }: KeyboardEvent): boolean => {
    if (!offer || nativeEvent.isComposing) return false;
    const { completions, at } = offer;
    const chosen = completions[at];
    if (pressed === 'ArrowDown')
      setOffer({ ...offer, at: Math.min(at + 1, completions.length - 1) });
    else if (pressed === 'ArrowUp') setOffer({ ...offer, at: Math.max(at - 1, -1) });
    else if (pressed === 'Escape') setOffer(null);
    else if (pressed === 'Enter' && chosen) take(chosen);
    else return false;
    return true;
  };
  return { completions: offer?.completions ?? NONE, at: offer?.at ?? -1, look, close, take, key };
}

const nameOf = ({ text, caret }: Written): string => `${caret} ${text}`;

const NONE: readonly Completion[] = [];
