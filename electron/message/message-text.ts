/**
 * All of a message as one text, as a terminal shows it. Imports shared and this folder. Bounded, never
 * throws.
 */

import {
  type AlternativesPart,
  type BodyPart,
  type Letter,
  type MessageText,
  peopleText,
  type TextPart,
  VIEW_LIMITS,
} from '../../shared/message-view.ts';
import { contactsText, invitationText } from './card-text.ts';
import { withWindowsCharacters } from './charset.ts';
import { manyLines } from './clean-text.ts';
import { htmlText } from './html-text.ts';
import { trimmedLines } from './text-part.ts';

const CUT = '\n\n[The text goes on; only its beginning is shown.]';

export class TextMaker {
  readonly #texts: ReadonlyMap<TextPart, string>;
  #from: MessageText['textFrom'] = 'none';
  #length = 0;
  #cut = false;

  /** @param texts each text in one piece */
  constructor(texts: ReadonlyMap<TextPart, string>) {
    this.#texts = texts;
  }

  /** The text of a body. */
  make(body: readonly BodyPart[]): MessageText {
    const whole = this.#body(body);
    const cut = this.#cut || whole.length > VIEW_LIMITS.textLength;
    const text = cut ? whole.slice(0, VIEW_LIMITS.textLength) + CUT : whole;
    return { text, textFrom: text === '' ? 'none' : this.#from, cut };
  }

  #body(body: readonly BodyPart[]): string {
    const texts: string[] = [];
    for (const part of body) {
      if (this.#length > VIEW_LIMITS.textLength) {
        this.#cut = true;
        break;
      }
      const text = this.#part(part);
      if (text === '') continue;
      texts.push(text);
      this.#length += part.kind === 'message' || part.kind === 'alternatives' ? 0 : text.length;
    }
    return texts.join('\n\n');
  }

  #part(part: BodyPart): string {
    switch (part.kind) {
      case 'text':
        this.#cut ||= part.cut;
        this.#comesFrom('plain');
        return this.#texts.get(part) ?? '';
      case 'html':
        this.#cut ||= part.cut;
        this.#comesFrom('html');
        return trimmedLines(manyLines(htmlText(withWindowsCharacters(part.html))));
      case 'alternatives':
        return this.#alternatives(part);
      case 'message':
        return this.#message(part.message);
      case 'invitation':
        return invitationText(part.entries);
      case 'contacts':
        return contactsText(part.contacts);
      case 'report':
        return part.groups
          .map((group) => group.map(({ name, value }) => `${name}: ${value}`).join('\n'))
          .join('\n\n');
      case 'encrypted':
      case 'picture':
        return '';
    }
  }

  /** The plainest that says anything. */
  #alternatives({ choices }: AlternativesPart): string {
    const rank = ({ type }: AlternativesPart['choices'][number]): number => {
      if (type === 'text/plain') return 0;
      return type.startsWith('text/') && type !== 'text/calendar' ? 1 : 2;
    };
    for (const { body } of [...choices].sort((one, other) => rank(one) - rank(other))) {
      const before = this.#from;
      const text = this.#body(body);
      if (text.trim() !== '') return text;
      this.#from = before;
    }
    return '';
  }

  #message(message: Letter): string {
    const about = Object.entries({
      From: peopleText(message.from),
      To: peopleText(message.to),
      Date: message.dateText,
      Subject: message.subject,
    });
    const lines = about
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}: ${value}`);
    const text = this.#body(message.body);
    this.#comesFrom('plain');
    return `---------- Message ----------\n${lines.join('\n')}\n\n${text}`;
  }

  #comesFrom(what: 'plain' | 'html'): void {
    if (this.#from === 'none') this.#from = what;
  }
}
