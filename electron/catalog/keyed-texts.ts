/**
 * The names under which texts belong together, found once for each text, and what there is of each name.
 * Imports its neighbours.
 */

import { DistinctTexts } from './distinct-texts.ts';
import type { Steps } from '../../shared/steps.ts';
import { Tally } from './tally.ts';
import { placeInBlock, type TextPlace, Texts } from './texts.ts';

/** So many texts are a step: the first time each of them has to be read. */
const STEP_TEXTS = 1 << 9;

/** How texts are named. */
export interface Naming {
  readonly namesOf: (text: string) => readonly string[];
  /** What a person calls it. @param text one that has the name */
  readonly labelOf: (name: string, text: string) => string;
}

const NONE: readonly number[] = [];

export class KeyedTexts {
  readonly #texts: DistinctTexts;
  readonly #naming: Naming;
  readonly #names = DistinctTexts.none();
  /** By text: the numbers of its names. */
  readonly #numbers: (readonly number[] | undefined)[] = [];
  /** By name: what it is called, as it was met first. */
  readonly #labels = new Texts();
  readonly #labelPlaces: number[] = [];
  readonly #labelBytes: number[] = [];

  /** @param texts which may become more */
  constructor(texts: DistinctTexts, naming: Naming) {
    this.#texts = texts;
    this.#naming = naming;
  }

  /** True for the names of these texts. */
  isOf(texts: DistinctTexts): boolean {
    return this.#texts === texts;
  }

  /** The names by their numbers. */
  get names(): DistinctTexts {
    return this.#names;
  }

  /** What a name is called, by its number. */
  label(name: number): string {
    return this.#labels.read(this.#labelPlaces[name] ?? 0, this.#labelBytes[name] ?? 0);
  }

  /** Where that stands: for loops over many. */
  labelPlace(name: number): TextPlace & { readonly block: Buffer } {
    const place = this.#labelPlaces[name] ?? 0;
    const from = placeInBlock(place);
    const block = this.#labels.block(place) ?? NOTHING;
    return { block, from, to: from + (this.#labelBytes[name] ?? 0) };
  }

  /** What there is of each name, by its number. @param tally by text */
  *folded(tally: Tally): Steps<Tally> {
    const folded = new Tally();
    for (let text = 0; text < tally.length; text++) {
      if (text % STEP_TEXTS === STEP_TEXTS - 1) yield;
      if (tally.messages(text) === 0) continue;
      for (const name of this.#of(text)) {
        folded.addAll(name, tally.messages(text), tally.bytes(text));
      }
    }
    return folded;
  }

  #of(text: number): readonly number[] {
    const known = this.#numbers[text];
    if (known) return known;
    const stored = this.#texts.text(text);
    const names = new Set(this.#naming.namesOf(stored));
    const numbers =
      names.size === 0 ? NONE : Array.from(names, (name) => this.#number(name, stored));
    this.#numbers[text] = numbers;
    return numbers;
  }

  #number(name: string, text: string): number {
    const bytes = Buffer.from(name, 'utf8');
    const number = this.#names.numberOf(bytes, 0, bytes.length);
    if (this.#labelPlaces[number] === undefined) {
      const label = Buffer.from(this.#naming.labelOf(name, text), 'utf8');
      this.#labelPlaces[number] = this.#labels.add(label, 0, label.length);
      this.#labelBytes[number] = label.length;
    }
    return number;
  }
}

const NOTHING = Buffer.alloc(0);
