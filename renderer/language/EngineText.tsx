/** What an engine says for a person; marked as English where nobody has translated it. */

import { translated } from './engine-text.ts';

export function EngineText({ text }: { readonly text: string }) {
  const said = translated(text);
  return said === null ? (
    <span lang="en" dir="ltr">
      {text}
    </span>
  ) : (
    said
  );
}
