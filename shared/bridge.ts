/**
 * What the preload script offers a window as `window.mailkeep`, and what main tells a window.
 * This, and the engine ports that main hands over, is all a window can reach.
 */

import type { Answer } from './answer.ts';
import type { ChartFile } from './chart-contract.ts';
import type { ErrorValue } from './errors.ts';
import type { ExportForm } from './export-contract.ts';
import type { LibraryEvent } from './library.ts';
import type { FrameEvent, MessageDocument, PartFile, ReaderSettings } from './reader-contract.ts';
import type { MailPlace } from './mail-place.ts';
import type { ArchiveView, Panes, Preferences } from './preferences.ts';
import type { Saved, SaveRequest } from './reading-contract.ts';
import type { SavedSearch } from './saved-search.ts';
import type { ArchiveId } from './units.ts';
import type { Language } from './language/languages.ts';

/** A `File` of the page; shared code knows no DOM. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

export interface RecentArchive {
  readonly path: string;
  readonly name: string;
  /** When it was last opened, milliseconds since 1970. */
  readonly opened: number;
}

/** An archive of this window, told by main. A port to its engine comes with `opened`. */
export type ArchiveEvent =
  | {
      readonly event: 'opening';
      readonly archive: ArchiveId;
      readonly path: string;
      readonly name: string;
      /** How it was looked at the last time; null if it was not. */
      readonly view: ArchiveView | null;
    }
  | {
      readonly event: 'opened';
      readonly archive: ArchiveId;
      readonly path: string;
      readonly name: string;
    }
  | {
      readonly event: 'failed';
      readonly archive: ArchiveId;
      readonly path: string;
      readonly name: string;
      readonly error: ErrorValue;
    }
  /** Its engine stopped without being asked to. */
  | { readonly event: 'ended'; readonly archive: ArchiveId; readonly error: ErrorValue }
  /** Its engine ended because nobody needed it; it is started anew when the archive is shown. */
  | { readonly event: 'rested'; readonly archive: ArchiveId }
  /** Opened already in this window: bring it to the front. */
  | { readonly event: 'shown'; readonly archive: ArchiveId };

/** Commands that the menu and its shortcuts send to a window; each is one of `renderer/command`. */
export const MENU_COMMANDS = [
  'open',
  'open-folder',
  'open-sample',
  'where',
  'close-archive',
  'keep-in-library',
  'delete',
  'undelete',
  'undo',
  'select-all',
  'export',
  'print',
  'save-pdf',
  'strip-attachments',
  'compact',
  'undo-compaction',
  'reading',
  'overview',
  'duplicates',
  'delete-listed',
  'search',
  'search-everywhere',
  'settings',
  'palette',
  'threads',
  'fold-all',
  'unfold-all',
  'select-thread',
  'delete-thread',
  'view-html',
  'view-text',
  'view-headers',
  'view-source',
  'find',
  'find-next',
  'find-previous',
  'quotes',
  'pictures-once',
  'save-attachments',
  'save-message',
  'larger',
  'smaller',
  'usual-size',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** A place outside of any archive that a person chose, by a word; `name` is its last part, to show. */
export interface TakenPlace {
  readonly word: string;
  readonly name: string;
}

export interface Bridge {
  readonly platform: string;
  /** The language of the app when the window was made. */
  readonly language: Language;
  /** Shows the system's file dialog and opens what the person chooses. */
  openDialog(): Promise<Answer<null>>;
  /** Where other programs keep mail on this machine. */
  mailPlaces(): Promise<Answer<readonly MailPlace[]>>;
  /** Opens an archive at such a place, or lets a person choose one in it; only those places are accepted. */
  openPlace(path: string): Promise<Answer<null>>;
  /** Opens files that were dropped on the window. */
  openDropped(files: readonly DroppedFile[]): Promise<Answer<null>>;
  /** Opens an archive of the recent list; only paths on that list are accepted. */
  openRecent(path: string): Promise<Answer<null>>;
  /** Opens the sample archive: a fresh copy of the project's own in the user's documents or data folder. */
  openSample(): Promise<Answer<null>>;
  /** Shows the system's dialog for folders, and takes what the person chooses into the library. */
  openFolder(): Promise<Answer<null>>;
  /** Asks to be told of every folder and file of the library. */
  library(): Promise<Answer<null>>;
  /** Opens an archive of the library; no other path is accepted. */
  openFromLibrary(path: string): Promise<Answer<null>>;
  /** Takes an open archive into the library. */
  keepInLibrary(archive: ArchiveId): Promise<Answer<null>>;
  /** Forgets a folder or a file of the library. Nothing of it is touched. */
  removeFromLibrary(path: string): Promise<Answer<null>>;
  /** Looks through a folder of the library again. */
  lookAgain(path: string): Promise<Answer<null>>;
  /** Stops looking; what was found so far stays. */
  stopLooking(path: string): Promise<Answer<null>>;
  /** Tries a failed or ended archive once more. */
  reopen(archive: ArchiveId): Promise<Answer<null>>;
  /** Opens a compressed archive anew, and expands all of it that there is room for, whatever it grows to. */
  expandAll(archive: ArchiveId): Promise<Answer<null>>;
  /**
   * Opens archives inside a ZIP file that could not be opened because it holds several, and closes it.
   * MISUSE if that is no name in a folder.
   */
  openEntries(archive: ArchiveId, entries: readonly string[]): Promise<Answer<null>>;
  /** Closes an archive; `kept` if the person thought better of it, because marks would be lost. */
  closeArchive(archive: ArchiveId): Promise<Answer<'closed' | 'kept'>>;
  /**
   * Lends the engine of an archive of the library, or of one that is open, for a search: its port comes
   * as that of an archive does, by the name `loan`, which the window chooses. BUSY if two are lent.
   */
  lendEngine(path: string, loan: ArchiveId): Promise<Answer<null>>;
  /** It is no longer needed; it ends, unless its archive is open. */
  giveBackEngine(loan: ArchiveId): Promise<Answer<null>>;
  /** This archive is shown in the window now, or none: engines of others may end after a while. */
  show(archive: ArchiveId | null): Promise<Answer<null>>;
  recent(): Promise<Answer<readonly RecentArchive[]>>;
  /** Shows the archive's file in the system's file browser. */
  reveal(archive: ArchiveId): Promise<Answer<null>>;
  /**
   * Lets a person choose where, and saves parts of a message there: one under the name they give it,
   * several under their own. Names are made safe and nothing is ever overwritten; a file stands under
   * its name when it is whole. Null if they thought better of it.
   */
  saveParts(archive: ArchiveId, request: SaveRequest): Promise<Answer<Saved | null>>;
  /**
   * Lets a person choose where messages are exported to; the engine's `export` takes the word. Null if
   * they thought better of it.
   */
  chooseExportPlace(archive: ArchiveId, as: ExportForm): Promise<Answer<TakenPlace | null>>;
  /** Shows what was exported or saved in the system's file browser; `name` as the engine told it. */
  revealTaken(place: TakenPlace): Promise<Answer<null>>;
  /**
   * Prints a document: HTML without scripts, of which nothing is loaded. Shows the system's dialog.
   * False if the person thought better of it.
   */
  print(document: string): Promise<Answer<boolean>>;
  /** Lets a person choose where, and saves a document there as PDF. Null if they thought better of it. */
  savePdf(document: string, suggestedName: string): Promise<Answer<TakenPlace | null>>;
  /** Lets a person choose where, and saves a chart there. Null if they thought better of it. */
  saveChart(file: ChartFile): Promise<Answer<TakenPlace | null>>;
  /**
   * Makes a place for a document: a frame may go there at once, and waits for it. @returns the token
   * it is served under
   */
  placeDocument(): Promise<Answer<string>>;
  /** Puts a finished document in its place, once. MISUSE if that is no place of this window. */
  keepDocument(document: MessageDocument): Promise<Answer<null>>;
  /**
   * Keeps a document that plays an attachment, which is read as it is heard. GONE if there is no such
   * part. @returns the token it is served under
   */
  keepSound(archive: ArchiveId, request: PartFile): Promise<Answer<string>>;
  /** A document is no longer shown. */
  dropDocument(token: string): Promise<Answer<null>>;
  /** Opens a link of a message in the system's browser or mail program; MISUSE if it may not leave. */
  openLink(link: string): Promise<Answer<null>>;
  /**
   * Opens an attachment in the program that the system has for it, after asking: what a stranger
   * sent may do harm. @returns whether it was opened
   */
  openPart(archive: ArchiveId, request: PartFile): Promise<Answer<boolean>>;
  /** Lets a person drag an attachment out of the window, as a file. Call when the drag begins. */
  dragPart(archive: ArchiveId, request: PartFile): Promise<Answer<null>>;
  readerSettings(): Promise<Answer<ReaderSettings>>;
  rememberReader(settings: ReaderSettings): Promise<Answer<null>>;
  /** Whether the texts of an archive are indexed when it is opened. */
  indexesTexts(): Promise<Answer<boolean>>;
  rememberIndexTexts(indexTexts: boolean): Promise<Answer<null>>;
  savedSearches(): Promise<Answer<readonly SavedSearch[]>>;
  /** In place of those before. */
  rememberSearches(searches: readonly SavedSearch[]): Promise<Answer<null>>;
  preferences(): Promise<Answer<Preferences>>;
  rememberPreferences(preferences: Preferences): Promise<Answer<null>>;
  panes(): Promise<Answer<Panes>>;
  rememberPanes(panes: Panes): Promise<Answer<null>>;
  /** How an archive is looked at now. */
  rememberView(archive: ArchiveId, view: ArchiveView): Promise<Answer<null>>;
  /** What cannot be remembered as it should be, in sentences; none if all is well. */
  troubles(): Promise<Answer<readonly string[]>>;
  /** The page listens; main may send from now on. */
  ready(): Promise<Answer<null>>;
  /** @returns a function that stops listening */
  onArchive(listener: (event: ArchiveEvent) => void): () => void;
  /** @returns a function that stops listening */
  onLibrary(listener: (event: LibraryEvent) => void): () => void;
  /** Told which language is spoken from now on. @returns a function that stops listening */
  onLanguage(listener: (language: Language) => void): () => void;
  /** @returns a function that stops listening */
  onMenu(listener: (command: MenuCommand) => void): () => void;
  /** @returns a function that stops listening */
  onFrame(listener: (event: FrameEvent) => void): () => void;
}

/**
 * The message by which the preload script passes an engine's port into the page, because a port
 * cannot cross the context bridge: `window.postMessage({mailkeepPort: archive}, origin, [port])`.
 */
export interface PortMessage {
  readonly mailkeepPort: ArchiveId;
}
