/**
 * Looks at an archive's file now and then: tells what other programs did to it, compares what was only
 * believed, and uses the quiet for what makes later work quick: catalog, slots, room.
 */

import { breath } from '../../../shared/steps.ts';
import type { Diff } from '../../../shared/diff.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import { QUIET, type Work } from '../../mailbox/mailbox-options.ts';
import type { Regenerated } from '../../mailbox/toc/contents.ts';
import type { CatalogKeeping } from './catalog-keeping.ts';
import type { Listing } from '../listing/listing.ts';

/** The file is looked at so often; a change is told within a second. */
const LOOK_EVERY_MS = 400;
/** After an append the old messages are compared as well, once nothing has happened for so long. */
const VERIFY_AFTER_MS = 3000;
/** So many messages are prepared for in one go. */
const PREPARED_MESSAGES = 20_000;

export interface WatchingParts {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly keeping: CatalogKeeping;
  readonly sync: () => Promise<unknown>;
  /** A comparison has found this. */
  readonly compared: (diff: Diff) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

export class Watching {
  readonly #parts: WatchingParts;
  #timer: NodeJS.Timeout | null = null;
  /** When the old messages are to be compared; 0 if they need not be. */
  #verifyAt = 0;
  #verified = true;
  #looking = false;

  constructor(parts: WatchingParts) {
    this.#parts = parts;
  }

  /** True if all that is known has been compared with the file, not only what was appended last. */
  get verified(): boolean {
    return this.#verified;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** What is known was appended to only, or is only believed: the rest is compared later. */
  believed(): void {
    this.#verified = false;
    this.#verifyAt = Date.now() + VERIFY_AFTER_MS;
  }

  /** All of the file was read. */
  readWhole(): void {
    this.#verified = true;
    this.#verifyAt = 0;
  }

  regenerated({ renumbering, diff }: Regenerated): void {
    this.#parts.keeping.changed();
    if (renumbering.renumber === 'none') this.believed();
    // After a flush nothing was read: the table is as true as it was.
    else if (diff.how !== 'same') this.readWhole();
  }

  /** Compares every message with the file. */
  async verify(work: Work): Promise<Diff> {
    const { mailbox, keeping } = this.#parts;
    this.#verifyAt = 0;
    const diff = await mailbox.verify(work);
    // Unless something was appended meanwhile.
    if (this.#verifyAt === 0 && !this.#verified && mailbox.state === 'ready') {
      this.readWhole();
      keeping.changed();
    }
    return diff;
  }

  async #look(): Promise<void> {
    const { mailbox, sync, failed } = this.#parts;
    if (this.#looking || !mailbox.idle || mailbox.state === 'scanning') return;
    this.#looking = true;
    try {
      if (await mailbox.looksUnchanged()) await this.#useQuiet();
      else await sync();
    } catch (error) {
      failed(error);
    } finally {
      this.#looking = false;
    }
  }

  async #useQuiet(): Promise<void> {
    const { mailbox, listing, keeping, compared } = this.#parts;
    if (this.#verifyAt > 0) {
      if (Date.now() >= this.#verifyAt) await compared(await this.verify(QUIET));
      return;
    }
    const { contents } = mailbox;
    if (!contents) return;
    const { table, keys } = contents;
    while (
      mailbox.contents === contents &&
      (keys.prepare(PREPARED_MESSAGES) || table.makeRoom() || listing.envelopes.makeRoom())
    ) {
      await breath();
    }
    keeping.saveAtRest(this.#verified);
  }
}
