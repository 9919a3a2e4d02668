/**
 * What happens in the village, as drafts of messages: who wrote to whom, when, and what. `sample.mjs`
 * makes an archive of them. Imports chance, MIME and the people.
 */

import { encodedWords, wrapped } from './encodings.mjs';
import { dayInWords, textPart } from './mime.mjs';
import { SOCIETY, VILLAGE } from './people.mjs';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * @typedef {import('./people.mjs').Person} Person
 * @typedef {object} Draft
 * @property {string} kind what is special about it; tests look for it
 * @property {Person} from
 * @property {Person[]} to
 * @property {string} subject
 * @property {number} sentMs
 * @property {string} text what a reader sees, for quoting
 * @property {import('./mime.mjs').Part} part
 * @property {{name: string, type: string, bytes: number}[]} attachments
 * @property {string[]} more further header lines
 * @property {Record<string, string | null>} written fields written otherwise than usual, null for not at all
 * @property {Record<string, string | number | null>} shown what a reader sees when that differs
 * @property {string} id
 * @property {string[]} references
 * @property {{answered: boolean, starred: boolean, draft: boolean, deleted: boolean}} flags
 */

export class Story {
  /** @type {Draft[]} */
  drafts = [];
  #boundaries = 0;

  /** @param {import('./random.mjs').Random} random */
  constructor(random) {
    this.random = random;
  }

  /** A moment of a day, at an hour when people write. */
  moment(year, month, day) {
    const { random } = this;
    const noon = Date.UTC(year, month - 1, day, 12);
    return noon + random.integer(-5 * 3600, 9 * 3600) * 1000;
  }

  /** A boundary that no other message has. */
  boundary() {
    this.#boundaries += 1;
    return `=_part_${this.#boundaries}_${this.#token(12)}`;
  }

  /**
   * Adds a message. What is left out is usual: plain text to the whole society.
   * @param {Partial<Draft> & {from: Person, subject: string, sentMs: number}} draft
   * @returns {Draft}
   */
  send(draft) {
    const { from, text = '' } = draft;
    const full = {
      kind: 'plain',
      to: [SOCIETY],
      text,
      part: textPart(signed(text, from), { charset: from.charset ?? 'utf-8' }),
      attachments: [],
      more: [],
      written: {},
      shown: {},
      id: `<${this.#token(10)}.${Math.floor(draft.sentMs / 1000)}@${from.address.split('@')[1]}>`,
      references: [],
      flags: {},
      ...draft,
    };
    full.flags = { answered: false, starred: false, draft: false, deleted: false, ...draft.flags };
    this.drafts.push(full);
    return full;
  }

  /**
   * Adds an answer that quotes what it answers.
   * @param {Draft} draft
   * @param {Person} from
   * @param {string} text
   * @param {Partial<Draft> & {prefix?: string}} [more]
   */
  reply(draft, from, text, { prefix = 'Re: ', ...more } = {}) {
    draft.flags.answered ||= this.random.chance(0.8);
    const quoted = wrapped(draft.text)
      .split('\n')
      .slice(0, 12)
      .map((line) => `>${line.startsWith('>') || line === '' ? '' : ' '}${line}`)
      .join('\n');
    const said = `On ${dayInWords(draft.sentMs)}, ${draft.from.name} wrote:`;
    const whole = `${said}\n${quoted}\n\n${text}`;
    const bare = draft.subject.replace(/^(?:Re|AW): /, '');
    const delayMs = this.random.integer(1, 50) * HOUR_MS + this.random.integer(0, 3_599_000);
    return this.send({
      kind: 'reply',
      from,
      to: [draft.from, SOCIETY],
      subject: `${prefix}${bare}`,
      sentMs: draft.sentMs + Math.floor(delayMs / 1000) * 1000,
      text: whole,
      part: textPart(signed(whole, from), {
        charset: 'utf-8',
        flowed: this.random.chance(0.3),
      }),
      references: [...draft.references, draft.id],
      ...more,
    });
  }

  /** Somebody of the village, but not this one. */
  neighbour(than = undefined) {
    return this.random.pick(VILLAGE.filter((person) => person !== than));
  }

  #token(length) {
    let token = '';
    while (token.length < length) token += this.random.integer(0, 35).toString(36);
    return token;
  }
}

/** Text with the writer's signature below. */
export function signed(text, { signature }) {
  return signature ? `${text}\n\n-- \n${signature}` : text;
}

/** Days in milliseconds. */
export function days(count) {
  return count * DAY_MS;
}

/** A mailbox as a header writes it. */
export function mailbox({ name, address, charset, encoding }) {
  const plain = /^[ -~]*$/.test(name);
  if (plain) return `${/[.,:;@()<>]/.test(name) ? `"${name}"` : name} <${address}>`;
  return `${encodedWords(name, { charset, encoding })} <${address}>`;
}
