/** Names of keys: `Ctrl+O`, `Shift+ArrowDown`, `j`, `/`. On a Mac, Ctrl stands for Command. */

interface KeyFacts {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The name of a pressed key; empty for a combination that no command has. */
export function keyOf(event: KeyFacts): string {
  if (event.altKey) return '';
  const ctrl = event.ctrlKey || event.metaKey;
  // A character already says whether Shift was held; a named key does not, nor one with Ctrl.
  const named = event.key.length > 1;
  const key = ctrl && !named ? event.key.toUpperCase() : event.key;
  return `${ctrl ? 'Ctrl+' : ''}${event.shiftKey && (named || ctrl) ? 'Shift+' : ''}${key}`;
}

/** The key that does the same where lines run from right to left: there Left leads on. */
export function followingLines(key: string, direction: string): string {
  if (direction !== 'rtl') return key;
  return key.replace(/Arrow(?:Left|Right)/, (arrow) =>
    arrow === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft',
  );
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Delete: 'Del',
  Escape: 'Esc',
};

/** A key's name as it is shown to a person. */
export function shownKey(key: string, platform: string): string {
  const parts = key.split(/\+(?=.)/).map((part) => SIGNS[part] ?? part);
  if (platform !== 'darwin') return parts.join('+');
  return parts.map((part) => ({ Ctrl: '⌘', Shift: '⇧' })[part] ?? part).join('');
}
