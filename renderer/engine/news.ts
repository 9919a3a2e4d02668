/** What other programs did to the archive, as it is told: changes in quick succession are one. */

import type { Diff } from '../../shared/diff.ts';

export interface News {
  readonly id: number;
  /** When the first of its changes was seen, milliseconds since 1970. */
  readonly at: number;
  /** When the last one was. */
  readonly until: number;
  readonly diff: Diff;
}

/** Changes that follow within this time are told as one. */
export const TOGETHER_MS = 3000;
/** No more than this is told at once; what is older is told in one sentence. */
export const NEWS_MAX = 3;

/** Both changes as one. A file that was replaced stays replaced, however it grows afterwards. */
export function together(before: Diff, after: Diff): Diff {
  const moved = before.how === 'replaced' || before.how === 'vanished';
  const how =
    moved && (after.how === 'appended' || after.how === 'changed') ? before.how : after.how;
  return {
    how: how === 'appended' && before.how === 'changed' ? 'changed' : how,
    arrived: before.arrived + after.arrived,
    gone: before.gone + after.gone,
    altered: before.altered + after.altered,
    marksLost: before.marksLost + after.marksLost,
  };
}

function joined(older: News, newer: News): News {
  return { ...older, until: newer.until, diff: together(older.diff, newer.diff) };
}

/** The news with one more change in it, oldest first. */
export function withChange(news: readonly News[], diff: Diff, now: number): readonly News[] {
  const last = news.at(-1);
  const fresh: News = { id: (last?.id ?? 0) + 1, at: now, until: now, diff };
  if (last && now - last.until <= TOGETHER_MS) return [...news.slice(0, -1), joined(last, fresh)];
  const [oldest, second, ...rest] = [...news, fresh];
  if (!oldest || !second || rest.length < NEWS_MAX - 1) return [...news, fresh];
  return [joined(oldest, second), ...rest];
}
