/**
 * The languages Mailkeep speaks, and which of them a person gets. One is in the list when its catalog
 * is complete; nothing else decides.
 */

/** Every language by its tag (BCP 47), called as those call it who speak it. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr' },
  { tag: 'de', name: 'Deutsch', direction: 'ltr' },
  { tag: 'fr', name: 'Français', direction: 'ltr' },
  { tag: 'es', name: 'Español', direction: 'ltr' },
  { tag: 'ja', name: '日本語', direction: 'ltr' },
  { tag: 'zh-Hans', name: '简体中文', direction: 'ltr' },
  { tag: 'ar', name: 'العربية', direction: 'rtl' },
] as const satisfies readonly {
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}[];

export type LanguageTag = (typeof LANGUAGES)[number]['tag'];
export const LANGUAGE_TAGS = LANGUAGES.map(({ tag }) => tag);

/** English in accents and brackets, made by code: what of a window is without them is not extracted. */
export const PSEUDO_TAG = 'en-XA';

/** What a person chooses: the language of the system, or one of ours. */
export type LanguageChoice = 'system' | LanguageTag;

/** A language to speak, and the locale by which it writes numbers and dates: `de` in `de-AT`. */
export interface Language {
  readonly tag: LanguageTag | typeof PSEUDO_TAG;
  readonly locale: string;
}

export const ENGLISH_LANGUAGE: Language = { tag: 'en', locale: 'en' };

/**
 * The language for a choice.
 * @param system what the system prefers, the best first; what is no tag is passed over
 */
export function languageFor(choice: LanguageChoice, system: readonly string[]): Language {
  if (choice === 'system') {
    for (const locale of system) {
      if (locale === PSEUDO_TAG) return { tag: PSEUDO_TAG, locale: 'en' };
      const found = LANGUAGES.find(({ tag }) => isSame(tag, locale));
      if (found) return { tag: found.tag, locale };
    }
    return ENGLISH_LANGUAGE;
  }
  // Somebody in Austria who chooses German writes dates as in Austria.
  return { tag: choice, locale: system.find((locale) => isSame(choice, locale)) ?? choice };
}

/** Which way a language is written. */
export function directionOf({ tag }: Pick<Language, 'tag'>): 'ltr' | 'rtl' {
  const direction: 'ltr' | 'rtl' | undefined = LANGUAGES.find((one) => one.tag === tag)?.direction;
  return direction ?? 'ltr';
}

/** Language and script are the same: `zh-CN` is `zh-Hans`, `zh-TW` is not. */
function isSame(tag: string, locale: string): boolean {
  const [one, other] = [likely(tag), likely(locale)];
  return one !== null && one === other;
}

function likely(tag: string): string | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return null;
  }
}
