/** What windows ask main to remember for them, and what there is to say where that goes wrong. */

import { nativeTheme, type WebContents } from 'electron';
import type { Archives } from './archives.ts';
import type { RequestHandlers } from './bridge.ts';
import type { Trouble } from './remembered-file.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { CRASHED } from './window-crash.ts';
import { archiveId } from '../../shared/units.ts';

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

const SENTENCES: Readonly<Record<Exclude<Trouble, 'none'>, (what: string) => string>> = {
  damaged: (what) =>
    `${what} could not be read and were set aside in a file that ends in “.damaged”. Mailkeep began with the usual ones; no mail and no mark was touched.`,
  newer: (what) =>
    `${what} were written by a newer Mailkeep. They stay as they are, and what you change now is forgotten when Mailkeep ends.`,
  unsaved: (what) =>
    `${what} cannot be saved: the disk is full, or your own folder cannot be written. They hold until Mailkeep ends; no mail and no mark is concerned.`,
};

export class Remembering {
  readonly #settings: Settings;
  readonly #session: Session;
  readonly #archives: Archives;
  readonly #crashed = new WeakSet<WebContents>();

  constructor(settings: Settings, session: Session, archives: Archives) {
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

  #troubles(contents: WebContents): readonly string[] {
    // Told as often as it is asked: the page knows what a person has heard of.
    const crashed = this.#crashed.has(contents) ? [CRASHED] : [];
    const files = [
      ['Your settings', this.#settings.trouble],
      ['Notes of what was open', this.#session.trouble],
    ] as const;
    const told = files.flatMap(([what, trouble]) =>
      trouble === 'none' ? [] : [SENTENCES[trouble](what)],
    );
    return [...crashed, ...told];
  }
}
