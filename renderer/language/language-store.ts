/**
 * The language of the window: main says which, here its catalog is loaded and spoken. The document tells
 * the language and the direction to fonts, screen readers and style sheets.
 */

import type { Bridge } from '../../shared/bridge.ts';
import { loadCatalog } from '../../shared/language/catalogs.ts';
import { directionOf, type Language } from '../../shared/language/languages.ts';
import { speak, spoken } from '../../shared/language/say.ts';
import { Observable } from '../engine/observable.ts';

export class LanguageStore {
  readonly #state = new Observable<Language>(spoken());
  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;
  /** Settles when the first word can be said. */
  readonly begun: Promise<void>;

  constructor(bridge: Bridge) {
    this.begun = this.#speak(bridge.language);
    bridge.onLanguage((language) => void this.#speak(language));
  }

  async #speak(language: Language): Promise<void> {
    const { tag, locale } = spoken();
    if (language.tag !== tag || language.locale !== locale) {
      speak(language, await loadCatalog(language.tag));
    }
    document.documentElement.lang = language.locale;
    document.documentElement.dir = directionOf(language);
    this.#state.set(language);
  }
}
