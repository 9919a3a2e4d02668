/**
 * The catalog of one open archive: what an earlier session knew is taken up if it is still true of the
 * file, and what this one knows is saved when nothing else is to be done, and at the end.
 *
 * Saving happens in small steps and ends as soon as anything changes; nobody waits for it. All that
 * can go wrong with a catalog is that there is none.
 */

import { type ArchiveMark, CatalogFolder } from '../../catalog/catalog-folder.ts';
import { inTurns } from '../../../shared/steps.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Listing } from '../listing/listing.ts';
import { markOf } from '../state-file.ts';
import type { Glance } from './glance.ts';
import { fromStored, glanceIn, toStored } from './stored-contents.ts';

/** A smaller archive is read sooner than its catalog. */
const MESSAGES_MIN = 1000;
const BYTES_MIN = 4 * 1024 * 1024;
/** Nothing has changed for so long. */
const REST_MS = 2000;
/** An archive that keeps changing is not saved more often than this. */
const SAVE_EVERY_MS = 60_000;

/** `none`: read it from the start. `grown`: something was appended, which is for `sync` to find. */
export type Recalled =
  | { readonly recalled: 'none' }
  | { readonly recalled: 'same' | 'grown'; readonly verified: boolean };

export interface KeepingParts {
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  /** Folder of catalogs; null to do without. */
  readonly folder: string | null;
  readonly messagesMin?: number | undefined;
  /** How the archive is read now: anything that JSON tells apart. */
  readonly how: () => unknown;
}

export class CatalogKeeping {
  readonly #parts: KeepingParts;
  readonly #folder: CatalogFolder | null;
  /** Grows with every change of what is known. */
  #revision = 0;
  #savedRevision = 0;
  #changedAt = 0;
  #savedAt = 0;
  #saving: Promise<void> = Promise.resolve();
  #isSaving = false;

  constructor(parts: KeepingParts) {
    this.#parts = parts;
    this.#folder = parts.folder === null ? null : new CatalogFolder(parts.folder);
  }

  /** The first rows as an earlier session saw them, if they are still those of the file. Never fails. */
  async glance(): Promise<Glance | null> {
    const { mailbox, how } = this.#parts;
    const file = await this.#mark();
    const head = file && this.#folder?.head(file);
    const known = head ? glanceIn(head, how()) : null;
    if (!known) return null;
    const { glance, identity } = known;
    const remembered = { identity, table: glance.table };
    const compared = await mailbox.compare(remembered).catch(() => 'other' as const);
    return compared === 'other' ? null : glance;
  }

  async #mark(): Promise<ArchiveMark | null> {
    const mark = this.#folder && (await markOf(this.#parts.mailbox.path));
    return mark && { device: BigInt(mark.device), inode: BigInt(mark.inode) };
  }

  /** Takes up what an earlier session knew. Never fails. */
  async recall(): Promise<Recalled> {
    const { mailbox, listing, how } = this.#parts;
    const file = await this.#mark();
    if (!this.#folder || !file) return { recalled: 'none' };
    const stored = await this.#folder.read(file);
    const known = stored && fromStored(stored, how());
    if (!known) return { recalled: 'none' };
    const recalled = await mailbox.recall(known.contents).catch(() => 'other' as const);
    if (recalled === 'other') return { recalled: 'none' };
    listing.adopt(known.envelopes);
    await this.#folder.used(file);
    return { recalled, verified: known.verified };
  }

  /** What is known has changed. */
  changed(): void {
    this.#revision += 1;
    this.#changedAt = Date.now();
  }

  /** Saves, if there is something to be saved and nothing else has been done for a while. */
  saveAtRest(verified: boolean): void {
    const now = Date.now();
    if (now - this.#changedAt < REST_MS || now - this.#savedAt < SAVE_EVERY_MS) return;
    if (this.#isWorth()) this.#saving = this.#save({ verified });
  }

  /** Saves what has not been saved: nothing will change any more. */
  async end({ verified }: { readonly verified: boolean }): Promise<void> {
    await this.#saving;
    if (this.#isWorth()) await this.#save({ verified });
  }

  #isWorth(): boolean {
    const { mailbox, listing } = this.#parts;
    const { contents } = mailbox;
    if (!this.#folder || !contents || this.#isSaving) return false;
    if (this.#revision === this.#savedRevision || listing.read < contents.table.count) return false;
    const { messagesMin = MESSAGES_MIN } = this.#parts;
    return contents.table.count > messagesMin || contents.identity.size > BYTES_MIN;
  }

  async #save({ verified }: { readonly verified: boolean }): Promise<void> {
    const { mailbox, listing, how } = this.#parts;
    const { contents } = mailbox;
    if (!this.#folder || !contents) return;
    const revision = this.#revision;
    const isCurrent = (): boolean => revision === this.#revision && mailbox.contents === contents;
    this.#isSaving = true;
    try {
      // A change in the very moment of the last look shows by now.
      if (!(await mailbox.looksUnchanged()) || !isCurrent()) return;
      const { envelopes } = listing;
      const known = { contents, envelopes, verified };
      const stored = await inTurns(toStored(mailbox.path, how(), known), isCurrent);
      if (!stored || !isCurrent()) return;
      const saved = await this.#folder.save(contents.identity, stored.value, isCurrent);
      // What could not be written now is not tried all the time.
      if (isCurrent()) this.#savedAt = Date.now();
      if (saved === 'saved') this.#savedRevision = revision;
    } catch {
      // The file cannot be looked at: there is nothing to be saved.
    } finally {
      this.#isSaving = false;
    }
  }
}
