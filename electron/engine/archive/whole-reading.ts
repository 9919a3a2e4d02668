/**
 * How all of an archive comes to be known: from its catalog if that is true of the file, else from the start,
 * table of contents and envelopes.
 *
 *     glance at the catalog -> first rows drawn -> columns of the catalog -> known
 *          |                                            |
 *          '--- there is none, or it is not of this file: from the start; known as it comes
 *
 * What is told at a glance is only rows (`glance.ts`); until all is known, whatever else windows ask waits
 * (`known`). A catalog that fails after the glance leaves what windows showed: they are told, and see the archive
 * being read.
 */

import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Arrivals } from '../listing/arrivals.ts';
import type { Listing } from '../listing/listing.ts';
import type { CatalogKeeping, Recalled } from './catalog-keeping.ts';
import type { Glance } from './glance.ts';
import type { Watching } from './watching.ts';
import type { Working } from './working.ts';

export interface WholeReadingParts {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly arrivals: Arrivals;
  readonly working: Working;
  readonly keeping: CatalogKeeping;
  readonly watching: Watching;
  /** Whether somebody is shown the first rows before all is known. */
  readonly glances: 'never' | 'at first';
  readonly isClosing: () => boolean;
  readonly sync: () => Promise<unknown>;
  readonly lookAgain: () => Promise<void>;
  /** Settles when listeners have been told that messages are other ones. */
  readonly changed: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

const NO_GLANCE: Promise<Glance | null> = Promise.resolve(null);

export class WholeReading {
  readonly #parts: WholeReadingParts;
  #hasBegun = false;
  #scannedBytes = 0;
  #glance = NO_GLANCE;
  /** Null as soon as all that is asked can be answered. */
  #known: Promise<void> | null = null;

  constructor(parts: WholeReadingParts) {
    this.#parts = parts;
  }

  /** The scan has come so far. */
  get scannedBytes(): number {
    return this.#scannedBytes;
  }

  /** The first rows, while nothing else is known; null if there are none. */
  get glance(): Promise<Glance | null> {
    return this.#glance;
  }

  /** True until more is known than what there is at a glance, or it is clear that there is nothing. */
  get isAtGlance(): boolean {
    return this.#glance !== NO_GLANCE;
  }

  /** Settles when more can be answered than what is known at a glance; null if it can. */
  get known(): Promise<void> | null {
    return this.#known;
  }

  /** Reads all of it; only the first time by the catalog. Never fails: the archive's status tells how it went. */
  read(): Promise<void> {
    if (this.#hasBegun) return this.#fromStart();
    this.#hasBegun = true;
    let known: () => void = () => undefined;
    this.#known = new Promise((resolve) => {
      known = resolve;
    });
    const { glances, keeping } = this.#parts;
    if (glances === 'at first') this.#glance = keeping.glance();
    return this.#byCatalog(() => {
      this.#known = null;
      known();
    });
  }

  async #byCatalog(known: () => void): Promise<void> {
    const { glances, keeping, arrivals, watching, changed, failed } = this.#parts;
    const glance = await this.#glance;
    if (glance) await arrivals.pause();
    // Where the first rows are not those of the file, nor is the rest: a hundred megabytes need not be read.
    const isOther = glances === 'at first' && !glance;
    const recalled: Recalled = isOther ? { recalled: 'none' } : await keeping.recall();
    this.#glance = NO_GLANCE;
    if (recalled.recalled === 'none') {
      if (glance) await changed();
      known();
      return this.#fromStart();
    }
    const { recalled: how, verified } = recalled;
    if (how === 'grown' || !verified) watching.believed();
    if (how === 'grown') await this.#parts.sync().catch(failed);
    await changed();
    return known();
  }

  async #fromStart(): Promise<void> {
    const { mailbox, listing, arrivals, working, keeping, watching, failed } = this.#parts;
    listing.clear();
    watching.readWhole();
    let growing = true;
    const { came: onRead, pause } = arrivals;
    const readers = listing.sectionReaders(onRead);
    const scan = working
      .run('scan', (work) => {
        const onProgress = (done: number, total: number): void => {
          this.#scannedBytes = done;
          work.onProgress?.(done, total);
        };
        return mailbox.scan({ ...work, onProgress, pause }, readers);
      })
      .catch(failed)
      .finally(() => {
        growing = false;
      });
    const { isClosing, lookAgain, changed } = this.#parts;
    const isGrowing = (): boolean => growing;
    const request = { isGrowing, isOver: isClosing, lookAgain, onRead };
    await Promise.all([scan, listing.readAll(request).catch(failed)]);
    keeping.changed();
    await changed();
  }
}
