/**
 * What there is in an archive, counted from envelopes as they are read: messages and bytes by month,
 * by sender, mailing list and label, by hour of the week, by what messages are and carry. What has been
 * counted is not looked at again. A few bytes for each sender and month, and the facts of the last few
 * messages: when a file grows these are read anew, because what is appended may belong to them.
 */

import { DistinctTexts } from '../../catalog/distinct-texts.ts';
import type { Envelopes } from '../../catalog/envelopes.ts';
import { stepByStep, type Steps } from '../../../shared/steps.ts';
import { Tally } from '../../catalog/tally.ts';
import { TextBits } from '../../catalog/text-bits.ts';
import { DELETED, DRAFT, READ, STARRED } from '../../message/flags.ts';
import { CHAT_LABEL, DRAFT_LABEL, labelBits } from '../../message/system-labels.ts';
import { ATTACHMENT_KINDS } from '../../../shared/attachment-kinds.ts';
import type { GroupingName } from '../../../shared/overview-contract.ts';
import { messageNumber, type MessageNumber } from '../../../shared/units.ts';
import { DATE_MAX, LocalClock, startOfMonth } from './local-clock.ts';

/** What is counted. */
export interface Counted {
  readonly envelopes: Envelopes;
  /** So many envelopes have been read, from the first message on. */
  readonly read: number;
  bytesOf(number: MessageNumber): number;
}

/** A message as it was counted. */
interface Facts {
  readonly date: number;
  readonly sender: number;
  readonly list: number;
  readonly labels: number;
  readonly bits: number;
  /** Of attachments. */
  readonly kinds: number;
  readonly bytes: number;
}

/** Numbers in the tally of kinds. */
export const KINDS = {
  all: 0,
  attachments: 1,
  unread: 2,
  starred: 3,
  draft: 4,
  deleted: 5,
  chat: 6,
} as const;
/** So many are a step: each goes into a dozen counts. */
const STEP_MESSAGES = 1 << 13;
/** So many of the last messages can be taken away again one by one. */
const TAIL = 4;

export class Counting {
  readonly #source: Counted;
  readonly #clock = new LocalClock();
  #envelopes: Envelopes;
  #counted = 0;
  #revision = -1;
  /** Of the messages counted last, in their order. */
  #tail: readonly Facts[] = [];
  /** By month as the clock counts them: the number in the tally. */
  #months = new Map<number, number>();
  #byMonth = new Tally();
  #texts: DistinctTexts | null = null;
  #byText = textTallies();
  #byHour = new Tally();
  #byKind = new Tally();
  #byAttachment = new Tally();
  #undated = new Tally();
  #labelBits = labelBitsOf(null);
  #running: Promise<void> | null = null;
  #version = 0;

  constructor(source: Counted) {
    this.#source = source;
    this.#envelopes = source.envelopes;
  }

  /** Another one whenever a count has changed. */
  get version(): number {
    return this.#version;
  }

  /** By the number of the text that a message has in the column of a grouping. */
  get byText(): Readonly<Record<GroupingName, Tally>> {
    return this.#byText;
  }

  /** By weekday (0 for Sunday) times 24 and hour, as clocks here show it. */
  get byHour(): Tally {
    return this.#byHour;
  }

  /** By the numbers of `KINDS`. */
  get byKind(): Tally {
    return this.#byKind;
  }

  /** By the place of a kind of attachments among all; a message may carry several. */
  get byAttachment(): Tally {
    return this.#byAttachment;
  }

  /** Messages of which no date is known, under 0. */
  get undated(): Tally {
    return this.#undated;
  }

  /** The months that have messages, by their first moment on a clock here; oldest first. */
  months(): { readonly start: number; readonly messages: number; readonly bytes: number }[] {
    return [...this.#months]
      .sort(([one], [other]) => one - other)
      .map(([month, slot]) => ({
        start: startOfMonth(month),
        messages: this.#byMonth.messages(slot),
        bytes: this.#byMonth.bytes(slot),
      }))
      .filter(({ messages }) => messages > 0);
  }

  /** Resolves when every envelope that has been read is counted, in short turns. */
  async ready(): Promise<void> {
    // Whoever asks while it runs may know of more than it does.
    await this.#running;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #run(): Promise<void> {
    await stepByStep(this.steps());
  }

  /** Counts what has come, in steps. Envelopes may change between them. */
  *steps(): Steps<void> {
    for (;;) {
      this.#takeBack();
      const { read } = this.#source;
      if (this.#counted >= read) return;
      this.#count(Math.min(read, this.#counted + STEP_MESSAGES));
      yield;
    }
  }

  /** What has changed since is no longer counted. */
  #takeBack(): void {
    const { envelopes, read } = this.#source;
    const { changes } = envelopes;
    const same = this.#envelopes === envelopes && this.#texts === envelopes.stored.people;
    const from = same ? Math.min(changes.since(this.#revision), read) : 0;
    this.#revision = changes.revision;
    const good = Math.min(from, this.#counted - this.#lengthened());
    if (good >= this.#counted) return;
    this.#version += 1;
    if (!same || this.#counted - good > this.#tail.length) return this.#forget();
    for (let at = good - this.#counted; at < 0; at++) {
      const facts = this.#tail.at(at);
      if (facts) this.#add(facts, -1);
    }
    this.#tail = this.#tail.slice(0, good - this.#counted);
    this.#counted = good;
  }

  /** 1 if the last message that was counted is longer now. */
  #lengthened(): 0 | 1 {
    const last = this.#tail.at(-1);
    if (!last) return 0;
    return this.#source.bytesOf(messageNumber(this.#counted - 1)) === last.bytes ? 0 : 1;
  }

  #forget(): void {
    this.#envelopes = this.#source.envelopes;
    this.#texts = this.#envelopes.stored.people;
    this.#counted = 0;
    this.#tail = [];
    this.#months = new Map();
    this.#byMonth = new Tally();
    this.#byText = textTallies();
    this.#byHour = new Tally();
    this.#byKind = new Tally();
    this.#byAttachment = new Tally();
    this.#undated = new Tally();
    this.#labelBits = labelBitsOf(this.#texts);
  }

  #count(end: number): void {
    this.#version += 1;
    const { dates, from, list, labels, bits, kinds } = this.#envelopes.stored;
    const facts = { date: 0, sender: 0, list: 0, labels: 0, bits: 0, kinds: 0, bytes: 0 };
    const tail: Facts[] = [];
    for (let number = this.#counted; number < end; number++) {
      facts.date = dates[number] ?? Number.NaN;
      facts.sender = from[number] ?? 0;
      facts.list = list[number] ?? 0;
      facts.labels = labels[number] ?? 0;
      facts.bits = bits[number] ?? 0;
      facts.kinds = kinds[number] ?? 0;
      facts.bytes = this.#source.bytesOf(messageNumber(number));
      this.#add(facts, 1);
      if (number >= end - TAIL) tail.push({ ...facts });
    }
    this.#counted = end;
    this.#tail = [...this.#tail, ...tail].slice(-TAIL);
  }

  #add(facts: Facts, times: 1 | -1): void {
    const { date, sender, list, labels, bytes } = facts;
    if (Math.abs(date) <= DATE_MAX) {
      this.#byMonth.add(this.#monthOf(date), bytes, times);
      this.#byHour.add(this.#clock.hourOfWeek(date), bytes, times);
    } else this.#undated.add(0, bytes, times);
    this.#byText.sender.add(sender, bytes, times);
    this.#byText.list.add(list, bytes, times);
    this.#byText.label.add(labels, bytes, times);
    this.#addKinds(facts, times);
  }

  #addKinds({ labels, bits, kinds, bytes }: Facts, times: 1 | -1): void {
    const said = this.#labelBits.of(labels);
    this.#byKind.add(KINDS.all, bytes, times);
    if (!(bits & READ)) this.#byKind.add(KINDS.unread, bytes, times);
    if (bits & STARRED) this.#byKind.add(KINDS.starred, bytes, times);
    if (bits & DRAFT || said & DRAFT_LABEL) this.#byKind.add(KINDS.draft, bytes, times);
    if (bits & DELETED) this.#byKind.add(KINDS.deleted, bytes, times);
    if (said & CHAT_LABEL) this.#byKind.add(KINDS.chat, bytes, times);
    if (kinds === 0) return;
    this.#byKind.add(KINDS.attachments, bytes, times);
    for (let kind = 0; kind < ATTACHMENT_KINDS.length; kind++) {
      if (kinds & (1 << kind)) this.#byAttachment.add(kind, bytes, times);
    }
  }

  #monthOf(date: number): number {
    const month = this.#clock.monthOf(date);
    const known = this.#months.get(month) ?? this.#months.size;
    if (known === this.#months.size) this.#months.set(month, known);
    return known;
  }
}

const labelBitsOf = (texts: DistinctTexts | null): TextBits =>
  new TextBits(texts ?? DistinctTexts.none(), labelBits);

const textTallies = (): Readonly<Record<GroupingName, Tally>> => ({
  sender: new Tally(),
  list: new Tally(),
  label: new Tally(),
});
