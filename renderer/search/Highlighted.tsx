/** A text with the places marked at which words of the query stand. */

import { createContext, useContext } from 'react';
import type { WordPlace, WordsFound } from '../../shared/search-answer.ts';
import { stretchesOf } from './stretches.ts';

/** The words of the query that the list answers. */
export const WordsContext = createContext<readonly WordsFound[]>([]);

interface Props {
  readonly text: string;
  readonly place: WordPlace;
}

export function Highlighted({ text, place }: Props) {
  const words = useContext(WordsContext);
  const looked = words.filter((one) => one.place === place).map((one) => one.text);
  if (looked.length === 0) return text;
  const pieces: (string | { readonly hit: string; readonly at: number })[] = [];
  let end = 0;
  for (const { at, length } of stretchesOf(text, looked)) {
    pieces.push(text.slice(end, at), { hit: text.slice(at, at + length), at });
    end = at + length;
  }
  return [...pieces, text.slice(end)].map((piece) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      <mark key={piece.at} className="hit">
        {piece.hit}
      </mark>
    ),
  );
}
