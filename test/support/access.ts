/**
 * What everybody needs to use a window, asked of the page as it stands: no violation that axe can find,
 * every control within reach of the keyboard and seen when it has it, nothing cut off.
 */

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What is another in another theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * As axe sees the page, sizes of targets included. A mark of a chart is as wide as what it stands for:
 * arrows reach each, and a search or the table beside it does the same.
 */
export async function violationsIn(
  page: Page,
  rules: 'all' | 'of colours',
): Promise<readonly string[]> {
  const asked = new AxeBuilder({ page }).setLegacyMode().exclude('iframe');
  if (rules === 'all') asked.options({ rules: { 'target-size': { enabled: true } } });
  else asked.withRules(COLOUR_RULES);
  const { violations } = await asked.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => id !== 'target-size' || !html.includes('chart-mark'))
      .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

/**
 * Gives the keyboard to one control after the other, in the order in which they stand.
 * @returns those that do not take it, do not show it, or lie out of sight or under something else then
 */
export function unreachableIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const INSIDE = '.scroller, .row-current, .group-active, .result-active, .palette-list';
    const scope: ParentNode = document.querySelector('dialog[open]') ?? document;
    const looks = (element: Element): string => {
      // The frame of a list goes around its head, too.
      const around = [element.parentElement, element.closest('.grid-frame')];
      const seen = [element, ...around, ...element.querySelectorAll(INSIDE)];
      return JSON.stringify(
        seen.map((one) => {
          if (!one) return '';
          const style = getComputedStyle(one);
          const outline = `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
          const over = getComputedStyle(one, '::after');
          const frame = over.content === 'none' ? '' : `${over.borderWidth} ${over.borderColor}`;
          return [outline, style.boxShadow, style.borderColor, style.stroke, frame];
        }),
      );
    };
    const nameOf = (element: Element): string =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)} .${element.getAttribute('class')}`;
    const problemOf = async (element: HTMLElement | SVGElement): Promise<string> => {
      element.focus();
      // What the page does about it, such as putting something away, is done then.
      await new Promise((resolve) => setTimeout(resolve));
      if (document.activeElement !== element) return 'does not take the keyboard';
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const x = (Math.max(0, left) + Math.min(innerWidth, right)) / 2;
      const y = (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2;
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'is out of sight';
      const hit = document.elementFromPoint(x, y);
      const label = element.closest('label');
      const isSeen =
        hit && (element.contains(hit) || hit.contains(element) || label?.contains(hit));
      return isSeen ? '' : `lies under ${hit ? nameOf(hit) : 'nothing'}`;
    };
    const controls = scope.querySelectorAll<HTMLElement | SVGElement>(
      'a[href], button:enabled, input:enabled, select, textarea, summary, [tabindex="0"]',
    );
    const problems: string[] = [];
    const isThere = (control: Element): boolean =>
      control.isConnected && control.checkVisibility() && !control.matches(':disabled');
    const isStop = (control: HTMLElement | SVGElement): boolean => {
      // Of a group of radio buttons the keyboard comes to the one that is chosen.
      const isOther =
        control instanceof HTMLInputElement && control.type === 'radio' && !control.checked;
      return control.tabIndex >= 0 && !isOther && isThere(control);
    };
    // From where the keyboard is: what lies over others is put away when it goes on.
    const all = [...controls];
    const from = Math.max(0, all.indexOf(document.activeElement as HTMLElement));
    let last: { readonly control: Element; readonly looked: string } | null = null;
    for (const control of [...all.slice(from), ...all.slice(0, from)]) {
      if (!isStop(control)) continue;
      const problem = await problemOf(control);
      if (problem !== '') problems.push(`${nameOf(control)} ${problem}`);
      if (last && isThere(last.control) && looks(last.control) === last.looked)
        problems.push(`${nameOf(last.control)} does not show that it has the keyboard`);
      last = problem === '' ? { control, looked: looks(control) } : null;
    }
    return problems;
  });
}

/** @returns what is wider than the window, cut off, or scrolled sideways though it is no table, chart or source */
export function cutOffIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const SIDEWAYS = '.grid, .copies, .chart-card-table, .unseen, svg, pre, iframe';
    const nameOf = (element: Element): string =>
      `${element.tagName}.${element.getAttribute('class')} "${element.textContent?.slice(0, 40)}"`;
    const isMeasured = (element: HTMLElement): boolean => {
      if (element.closest(SIDEWAYS) || !element.checkVisibility()) return false;
      const { clipPath, display } = getComputedStyle(element);
      return clipPath === 'none' && display !== 'inline' && display !== 'contents';
    };
    const problemOf = (element: HTMLElement): string => {
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0) return '';
      if (left < -1 || right > innerWidth + 1) return 'reaches beyond the window';
      const isControl = element.matches('button, summary');
      if (isControl && element.scrollHeight > element.clientHeight + 2) return 'is too low for it';
      return element.scrollWidth > element.clientWidth + 1 ? wideProblemOf(element, isControl) : '';
    };
    function wideProblemOf(element: HTMLElement, isControl: boolean): string {
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (textOverflow === 'ellipsis') return '';
      if (overflowX === 'auto' || overflowX === 'scroll') return 'goes sideways';
      return overflowX === 'hidden' || isControl ? 'is cut off' : '';
    }
    return [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter(isMeasured)
      .flatMap((one) => {
        const problem = problemOf(one);
        return problem === '' ? [] : [`${nameOf(one)} ${problem}`];
      });
  });
}

/** What was read out so far by live regions, in order, each with how urgently. */
export interface Heard {
  all(): Promise<readonly string[]>;
}

/** Listens as a screen reader does: to what appears or changes in places that are live. */
export async function listen(page: Page): Promise<Heard> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const liveness = (element: Element | null): string => {
      const region = element?.closest('[aria-live], [role=alert], [role=status], [role=log]');
      if (!region) return 'off';
      const own = region.getAttribute('aria-live');
      return own ?? (region.getAttribute('role') === 'alert' ? 'assertive' : 'polite');
    };
    const hear = (node: Node | null, how: string): void => {
      const text = node?.textContent?.trim() ?? '';
      if (how !== 'off' && text !== '') heard.push(`${how}: ${text}`);
    };
    const hearAdded = (node: Node, within: Element | null): void => {
      const alerts = node instanceof Element ? [...node.querySelectorAll('[role=alert]')] : [];
      if (node instanceof Element && node.matches('[role=alert]')) alerts.push(node);
      for (const alert of alerts) hear(alert, 'assertive');
      if (alerts.length === 0) hear(node, liveness(within));
    };
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        const within = target instanceof Element ? target : target.parentElement;
        if (type === 'characterData') hear(target, liveness(within));
        for (const node of addedNodes) hearAdded(node, within);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return {
    all: () => page.evaluate(() => (window as unknown as { heard: string[] }).heard),
  };
}

/** The tree that screen readers are given: every place that is live, with its role and how urgent it is. */
export async function liveRegionsOf(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.flatMap(({ ignored, role, properties = [] }) => {
    const live = properties.find(({ name }) => name === 'live')?.value.value;
    const isRoot = properties.some(({ name }) => name === 'root') || !ignored;
    return typeof live === 'string' && isRoot ? [`${role?.value} ${live}`] : [];
  });
}

export async function expectNone(problems: Promise<readonly string[]>, of: string): Promise<void> {
  expect.soft(await problems, of).toEqual([]);
}
