/** What keys do in a tree, as the ARIA Authoring Practices have it. Knows no React. */

import type { TreeRow } from './tree.ts';

/** What a key asks for. */
export type TreeMove =
  | { readonly move: 'to'; readonly index: number }
  | { readonly move: 'collapse' | 'expand' | 'choose'; readonly index: number };

/**
 * @param typed what was typed within a short time, this key included
 * @returns null if the key is none of the tree's
 */
export function moveOf(
  key: string,
  rows: readonly TreeRow[],
  index: number,
  page: number,
  typed: string,
): TreeMove | null {
  const row = rows[index];
  if (!row) return null;
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return { move: 'to', index: Math.min(last, index + 1) };
    case 'ArrowUp':
      return { move: 'to', index: Math.max(0, index - 1) };
    case 'Home':
      return { move: 'to', index: 0 };
    case 'End':
      return { move: 'to', index: last };
    case 'PageDown':
      return { move: 'to', index: Math.min(last, index + page) };
    case 'PageUp':
      return { move: 'to', index: Math.max(0, index - page) };
    case 'ArrowRight':
      if (row.state === 'collapsed') return { move: 'expand', index };
      return { move: 'to', index: row.state === 'expanded' ? index + 1 : index };
    case 'ArrowLeft':
      if (row.state === 'expanded') return { move: 'collapse', index };
      return { move: 'to', index: parentOf(rows, index) };
    case 'Enter':
    case ' ':
      return { move: 'choose', index };
    default:
      return key.length === 1 ? typeAhead(rows, index, typed) : null;
  }
}

function parentOf(rows: readonly TreeRow[], index: number): number {
  const parent = rows[index]?.parent;
  const at = rows.findIndex(({ node }) => node.id === parent);
  return at < 0 ? index : at;
}

/** The next row that begins so; the same letter again goes on to the next one. */
function typeAhead(rows: readonly TreeRow[], index: number, typed: string): TreeMove {
  const letters = new Set(typed.toLowerCase());
  const wanted = letters.size === 1 ? typed.slice(0, 1).toLowerCase() : typed.toLowerCase();
  const from = wanted.length === 1 ? index + 1 : index;
  for (let step = 0; step < rows.length; step++) {
    const at = (from + step) % rows.length;
    if (rows[at]?.node.label.toLowerCase().startsWith(wanted)) return { move: 'to', index: at };
  }
  return { move: 'to', index };
}
