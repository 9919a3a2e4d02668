/** Envelopes as fast-check draws them, kept in columns while they come, change, move and go. */

import fc from 'fast-check';
import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { plainEnvelope } from './plain-envelope.ts';

/** A message of the model. */
export interface Drawn {
  /** As envelopes keep them. */
  readonly from: string;
  readonly list: string;
  readonly labels: string;
  readonly date: number | null;
  /** Flags. */
  readonly bits: number;
  /** Of attachments. */
  readonly kinds: number;
  readonly bytes: number;
}

const FLAGS = 0x1f;

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  from: fc.constantFrom(
    '',
    'Ann',
    'ann',
    'Änne Öst\0aenne@example.org',
    'Änne\0Aenne@example.org',
    'zoe@example.org',
    'Bob\0bob@example.org, Zoe zoe@example.org',
  ),
  list: fc.constantFrom('', 'list.example.org', 'other.example.org'),
  labels: fc.constantFrom('', 'Inbox', 'Inbox\nÖst', 'Banner\nInbox', 'Chat', 'Inbox\nEntwürfe'),
  date: fc.option(
    fc.oneof(
      fc.constantFrom(0, -1, -62_198_755_200_000, 951_782_400_000, 1.7e12),
      fc.integer({ min: -3e12, max: 3e12 }),
    ),
    { freq: 6 },
  ),
  bits: fc.nat(FLAGS),
  kinds: fc.oneof(fc.constant(0), fc.nat(255)),
  bytes: fc.nat(1000),
});

/** What can happen to an archive's messages. */
export type Happening =
  | { readonly happens: 'come'; readonly drawn: readonly Drawn[] }
  | { readonly happens: 'grow'; readonly drawn: Drawn }
  | { readonly happens: 'shrink'; readonly count: number }
  | { readonly happens: 'renumber'; readonly picks: readonly number[] };

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ happens: fc.constant('come' as const), drawn: fc.array(drawn, { maxLength: 8 }) }),
  fc.record({ happens: fc.constant('grow' as const), drawn }),
  fc.record({ happens: fc.constant('shrink' as const), count: fc.nat(20) }),
  fc.record({
    happens: fc.constant('renumber' as const),
    picks: fc.array(fc.nat(), { maxLength: 12 }),
  }),
);

/** Columns beside the model of what they hold. */
export class DrawnEnvelopes {
  readonly envelopes = new Envelopes();
  model: readonly Drawn[] = [];

  get read(): number {
    return this.model.length;
  }

  get count(): number {
    return this.model.length;
  }

  readonly bytesOf = (number: number): number => this.model[number]?.bytes ?? 0;

  /** @returns for each message its number before if numbers have changed; else the first one that may have */
  happen(what: Happening): Int32Array | number {
    const before = this.model.length;
    switch (what.happens) {
      case 'come':
        // The last message was looked at again.
        this.envelopes.changes.note(Math.max(0, before - 1));
        this.model = [...this.model, ...what.drawn];
        this.#set(before);
        return before;
      case 'grow': {
        const from = Math.max(0, before - 1);
        this.envelopes.changes.note(Math.max(0, from - 1));
        this.envelopes.truncate(from);
        this.model = [...this.model.slice(0, from), what.drawn];
        this.#set(from);
        return from;
      }
      case 'shrink': {
        const count = Math.min(what.count, before);
        this.envelopes.truncate(count);
        this.model = this.model.slice(0, count);
        return count;
      }
      case 'renumber':
        return this.#renumber(what.picks);
    }
  }

  #renumber(picks: readonly number[]): Int32Array {
    const rest = [...this.model.keys()];
    const oldNumbers = picks.flatMap((pick) => rest.splice(pick % Math.max(1, rest.length), 1));
    const model = this.model;
    this.envelopes.reorder(Int32Array.from(oldNumbers));
    this.model = oldNumbers.flatMap((old) => model[old] ?? []);
    return Int32Array.from(oldNumbers);
  }

  #set(first: number): void {
    for (const [at, { bits, kinds, ...said }] of this.model.slice(first).entries()) {
      const { from, list, labels, date } = said;
      const envelope = plainEnvelope({ from, list, labels, date, flags: bits });
      this.envelopes.set(first + at, envelope, kinds);
    }
  }
}
