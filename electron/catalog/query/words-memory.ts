/**
 * Remembers which envelopes hold which words, while somebody types: the next letters are looked for only
 * where those before were found. Imports its neighbours.
 */

import type { Changes } from '../changes.ts';
import { inStretches, type Steps } from '../../../shared/steps.ts';
import { type Asked, envelopeVerdicts } from './envelope-terms.ts';
import type { Term, Where } from './query.ts';
import { NO, type Range, type Verdicts } from './verdicts.ts';

/** So many results are kept, a byte a message each. */
const KEPT_MAX = 8;

interface Kept {
  readonly where: Where;
  readonly text: string;
  /** Of all messages from the first on. */
  readonly verdicts: Verdicts;
  readonly changes: Changes;
  readonly revision: number;
}

type Words = Term & { readonly term: 'words' };

export class WordsMemory {
  #kept: readonly Kept[] = [];

  /** As `envelopeVerdicts`. */
  *verdicts(term: Words, asked: Asked, range: Range, wanted: Verdicts): Steps<Verdicts> {
    if (range.from > 0) return yield* envelopeVerdicts(term, asked, range, wanted);
    const { changes } = asked.envelopes;
    const before = this.#before(term, changes, range.to);
    if (before?.text === term.text) return before.verdicts.slice(0, range.to);
    const { revision } = changes;
    // All of them are asked that may matter to what is asked next.
    const all = before ? before.verdicts.slice(0, range.to) : wanted;
    const verdicts = yield* envelopeVerdicts(term, asked, range, all);
    const isWhole = before !== null || (yield* areAll(wanted));
    if (isWhole && changes.since(revision) >= range.to) {
      const { where, text } = term;
      const others = this.#kept.filter((kept) => kept.where !== where || kept.text !== text);
      const kept = { where, text, verdicts: verdicts.slice(), changes, revision };
      this.#kept = [kept, ...others].slice(0, KEPT_MAX);
    }
    return verdicts;
  }

  /** What is known of the longest words that these contain. */
  #before({ where, text }: Words, changes: Changes, count: number): Kept | null {
    this.#kept = this.#kept.filter(
      (kept) => kept.changes === changes && changes.since(kept.revision) >= kept.verdicts.length,
    );
    let best: Kept | null = null;
    for (const kept of this.#kept) {
      if (kept.where !== where || kept.verdicts.length < count) continue;
      if (text.includes(kept.text) && kept.text.length > (best?.text.length ?? 0)) best = kept;
    }
    return best;
  }
}

function* areAll(wanted: Verdicts): Steps<boolean> {
  let every = true;
  yield* inStretches(0, wanted.length, (first, end) => {
    for (let at = first; at < end; at++) every &&= wanted[at] !== NO;
  });
  return every;
}
