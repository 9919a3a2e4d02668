/** Text whose links can be followed; everything is a text node, whatever stands in it. */

import { memo } from 'react';
import { useAppStore } from '../../app/use-store.ts';
import { textPieces } from './text-links.ts';

export const TextLinks = memo(function TextLinks({ text }: { readonly text: string }) {
  const { reader } = useAppStore();
  return textPieces(text).map(({ text: piece, href }, index) =>
    href === null ? (
      piece
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
        key={index}
        href={href}
        draggable={false}
        onClick={(event) => {
          event.preventDefault();
          reader.follow({ href, text: piece });
        }}
      >
        {piece}
      </a>
    ),
  );
});
