/** A window's view over drawn messages, without a file: what `Listing` gives it, from columns alone. */

import type { Envelopes } from '../../electron/catalog/envelopes.ts';
import { arranged, type Messages } from '../../electron/engine/listing/arranging.ts';
import { arrangedThreads } from '../../electron/engine/threads/arranging-threads.ts';
import { comparingOf } from '../../electron/engine/listing/comparing.ts';
import { ThreadKeeping } from '../../electron/engine/threads/thread-keeping.ts';
import type { ViewSource } from '../../electron/engine/listing/view-source.ts';
import type { Arrangement } from '../../shared/row.ts';
import type { DrawnMessage } from './naive-threads.ts';
import { envelopesOf } from './threaded-envelopes.ts';
import { plainEnvelope } from './plain-envelope.ts';

/** Messages whose columns may change. */
export class DrawnSource implements ViewSource {
  envelopes: Envelopes;
  readonly threads: ThreadKeeping;

  constructor(envelopes: Envelopes) {
    this.envelopes = envelopes;
    this.threads = new ThreadKeeping(this);
  }

  get count(): number {
    return this.envelopes.count;
  }

  get changes(): ViewSource['changes'] {
    return this.envelopes.changes;
  }

  arranged(arrangement: Arrangement): Uint32Array | null {
    return arranged(arrangement, this.#messages());
  }

  async arrangedInTurns(
    arrangement: Arrangement,
    _isWanted: () => boolean,
    take: (numbers: Uint32Array | null, search: null) => void,
  ): Promise<void> {
    take(this.arranged(arrangement), null);
  }

  comparing(arrangement: Arrangement): ReturnType<ViewSource['comparing']> {
    return comparingOf(arrangement, this.#messages());
  }

  byThread(
    arrangement: Arrangement,
    fitting: Uint32Array | null,
  ): ReturnType<ViewSource['byThread']> {
    return arrangedThreads(arrangement, this.#messages(), this.threads.now(), fitting);
  }

  bytesOf(number: number): number {
    return 100 + ((number * 7) % 5);
  }

  isUnread(number: number): boolean {
    return number % 2 === 0;
  }

  isMarked(number: number): boolean {
    return number % 3 === 0;
  }

  #messages(): Messages {
    return {
      count: this.count,
      envelopes: this.envelopes,
      bytesOf: (number) => this.bytesOf(number),
      isMarked: (number) => this.isMarked(number),
      copyOf: () => 'single',
    };
  }
}

/** One more message at the end of the file. */
export function addTo({ envelopes }: DrawnSource, message: DrawnMessage): void {
  const { links } = envelopesOf([message]);
  const start = links.start(0);
  const own = links.block(0).slice(start, start + 2 * links.count(0));
  const { subject, date } = message;
  envelopes.set(envelopes.count, plainEnvelope({ subject, date, links: own }), 0);
}
