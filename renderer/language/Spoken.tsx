/** What is inside is drawn in the language that is spoken, and anew when that is another one. */

import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import type { LanguageStore } from './language-store.ts';

interface Props {
  readonly language: LanguageStore;
  readonly children: ReactNode;
}

export function Spoken({ language, children }: Props) {
  const { tag, locale } = useSyncExternalStore(language.subscribe, language.snapshot);
  // Rows and texts that are drawn once and kept would stay in the language of before.
  return <Fragment key={`${tag} ${locale}`}>{children}</Fragment>;
}
