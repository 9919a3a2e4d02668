/**
 * The language of the app: what a person chose, or what the system prefers. Main speaks it in menus and
 * dialogs, and tells it to every window. `--lang=de`, as Chromium has it, goes before the system's own.
 */

import { app } from 'electron';
import { loadCatalog } from '../../shared/language/catalogs.ts';
import {
  type Language,
  type LanguageChoice,
  languageFor,
} from '../../shared/language/languages.ts';
import { speak, spoken } from '../../shared/language/say.ts';

function systemLanguages(): readonly string[] {
  const asked = app.commandLine.getSwitchValue('lang');
  return [...(asked ? [asked] : []), ...app.getPreferredSystemLanguages(), app.getLocale()];
}

/** Speaks the language of a choice from now on. @returns whether that is another than before */
export async function speakAsChosen(choice: LanguageChoice): Promise<boolean> {
  const before = spoken();
  const language = languageFor(choice, systemLanguages());
  if (language.tag === before.tag && language.locale === before.locale) return false;
  speak(language, await loadCatalog(language.tag));
  return true;
}

/** How a window is told its language when it is made: a word behind its process's own. */
export const languageArgument = (): string => {
  const { tag, locale }: Language = spoken();
  return `${LANGUAGE_ARGUMENT}${tag},${locale}`;
};

/** What that word begins with, as the preload script looks for it. */
const LANGUAGE_ARGUMENT = '--mailkeep-language=';
