/**
 * The keyboard is never nowhere: where the element that had it is gone, or can no longer be used (an
 * alert that was put away, a button that has done its work), the list has it, or else what comes first.
 */

import { useEffect } from 'react';
import { focusOnList } from '../list/list-element.ts';

const FIRST = 'main h1[tabindex], main button:not(:disabled), main [tabindex="0"]';

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility();
}

export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    const came = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : null;
    };
    /** A press beside everything is a person's own way of leaving it. */
    const pressed = (): void => {
      last = null;
    };
    const looked = (): void => {
      const { activeElement } = document;
      const isNowhere = activeElement === null || activeElement === document.body;
      if (!last || isUsable(last) || !(isNowhere || activeElement === last)) return;
      last = null;
      if (document.querySelector('dialog[open]')) return;
      focusOnList();
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>(FIRST)?.focus();
    };
    const observer = new MutationObserver(looked);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['disabled'],
    });
    window.addEventListener('focusin', came);
    window.addEventListener('pointerdown', pressed, { capture: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('focusin', came);
      window.removeEventListener('pointerdown', pressed, { capture: true });
    };
  }, []);
}
