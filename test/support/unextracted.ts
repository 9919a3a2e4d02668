/**
 * What a window that speaks the pseudo-locale shows without its brackets: texts that nobody extracted.
 * What comes from a message, a file's name or a calendar is marked `translate="no"` in the page.
 */

import type { Page } from '@playwright/test';

/** Every visible text, and every name for a screen reader, that is in no brackets; each once. */
export function unextracted(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    // Names along the axes and beside the bars of charts are senders, months and weekdays.
    const OURS_NOT = '[translate=no], [lang=en], svg.chart text, iframe, script, style';
    const WITHIN_A_SENTENCE = 'strong, code, mark, em';
    const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt'];

    /** What is left when brackets and what stands in them are gone. */
    const outside = (text: string): string => {
      let [depth, left] = [0, ''];
      for (const letter of text) {
        if (letter === '[') depth += 1;
        else if (letter === ']') depth -= 1;
        else if (depth <= 0) left += letter;
      }
      return left;
    };
    const isWrong = (text: string): boolean => /\p{L}{2}/u.test(outside(text));
    const textOf = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
      if (!(node instanceof Element) || node.matches(OURS_NOT)) return ' ';
      return [...node.childNodes].map(textOf).join('');
    };
    const attributesOf = (element: Element): string[] =>
      ATTRIBUTES.map((name) => [name, element.getAttribute(name) ?? ''] as const)
        // A whole value that is the name of a file, or what a row of the list says anyway.
        .filter(
          ([, value]) => !value.startsWith('/') && !element.matches('.cell, .attachment-name'),
        )
        .filter(([, value]) => isWrong(value))
        .map(([name, value]) => `${name}: ${value}`);
    const found = new Set<string>();
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest(OURS_NOT) || !element.checkVisibility()) continue;
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      const sentence = element.closest(`:not(${WITHIN_A_SENTENCE})`) ?? element;
      if (hasText && isWrong(textOf(sentence))) found.add(textOf(sentence).trim());
      for (const wrong of attributesOf(element)) found.add(wrong);
    }
    return [...found];
  });
}
