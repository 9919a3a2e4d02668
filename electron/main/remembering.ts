/** What windows ask main to remember for them, and what there is to say where that goes wrong. */

import { nativeTheme, type WebContents } from 'electron';
import type { Archives } from './archives.ts';
import type { RequestHandlers } from './bridge.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { archiveId } from '../../shared/units.ts';
import { say } from '../../shared/language/say.ts';

type Handlers = Pick<
  RequestHandlers,
  | 'readerSettings'
  | 'rememberReader'
  | 'indexesTexts'
  | 'rememberIndexTexts'
  | 'savedSearches'
  | 'rememberSearches'
  | 'preferences'
  | 'rememberPreferences'
  | 'panes'
  | 'rememberPanes'
  | 'rememberView'
  | 'troubles'
>;

export class Remembering {
  readonly #settings: Settings;
  readonly #session: Session;
  readonly #archives: Archives;
  readonly #language: () => void;
  readonly #crashed = new WeakSet<WebContents>();

  /** @param language called when another language may have been chosen */
  constructor(settings: Settings, session: Session, archives: Archives, language: () => void) {
    this.#language = language;
    this.#settings = settings;
    this.#session = session;
    this.#archives = archives;
  }

  /** A window is opened again after its process was gone, and will ask what there is to say. */
  crashed(contents: WebContents): void {
    this.#crashed.add(contents);
  }

  /** Every window looks as a person chose. */
  applyTheme(): void {
    nativeTheme.themeSource = this.#settings.preferences.theme;
  }

  handlers(): Handlers {
    const settings = this.#settings;
    return {
      readerSettings: () => settings.reader,
      rememberReader: (_contents, reader) => settings.rememberReader(reader),
      indexesTexts: () => settings.indexTexts,
      rememberIndexTexts: (_contents, wanted) => settings.rememberIndexTexts(wanted),
      savedSearches: () => settings.searches,
      rememberSearches: (_contents, searches) => settings.rememberSearches(searches),
      preferences: () => settings.preferences,
      rememberPreferences: (_contents, preferences) => {
        settings.rememberPreferences(preferences);
        this.applyTheme();
        this.#language();
      },
      panes: () => settings.panes,
      rememberPanes: (_contents, panes) => settings.rememberPanes(panes),
      rememberView: (_contents, { archive, view }) => {
        const file = this.#archives.pathOf(archiveId(archive));
        if (file) this.#session.looked(file, view);
      },
      troubles: (contents) => this.#troubles(contents),
    };
  }

  async #troubles(contents: WebContents): Promise<readonly string[]> {
    await Promise.all([this.#settings.written, this.#session.written]);
    // Told as often as it is asked: the page knows what a person has heard of.
    const crashed = this.#crashed.has(contents) ? [say('trouble.crashed')] : [];
    const files = [
      ['settings', this.#settings.trouble],
      ['session', this.#session.trouble],
    ] as const;
    const told = files.flatMap(([what, trouble]) =>
      trouble === 'none' ? [] : [say(`trouble.${trouble}.${what}`)],
    );
    return [...crashed, ...told];
  }
}
