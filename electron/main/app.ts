/**
 * The app: one instance, its windows, and what connects them to engines. Main never opens a mailbox
 * and sees no mail; see `archives.ts` for what it does instead.
 */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, shell, type WebContents } from 'electron';
import { cacheFolderOf } from '../../shared/cache-folder.ts';
import type { Saved, ToSave } from '../../shared/reading-contract.ts';
import type { Status } from '../../shared/status.ts';
import { stateFolderOf } from '../../shared/state-folder.ts';
import { archiveId } from '../../shared/units.ts';
import { MailboxError } from '../../shared/errors.ts';
import { Archives } from './archives.ts';
import { type RequestHandlers, sendArchive, sendLibrary, sendPort, serveBridge } from './bridge.ts';
import type { FoundArchive } from '../../shared/found-archive.ts';
import { filesOf, terminalWordsOf } from './command-line.ts';
import { askToFinish, chooseArchives, choosePlace } from './dialogs.ts';
import { Lending } from './lending.ts';
import { Library, sortedOut } from './library.ts';
import { setMenu } from './menu.ts';
import { MessageFrames } from './message-frame.ts';
import { declareScheme, servePage } from './page.ts';
import { PartFiles } from './part-files.ts';
import { servePdfFrame } from './pdf-frame.ts';
import { safeLink } from './safe-link.ts';
import { sampleArchive } from './sample.ts';
import { closeNames, secure } from './security.ts';
import { Settings } from './settings.ts';
import { TakingAway } from './taking-away.ts';
import { runTerminal } from './terminal.ts';
import { makeWindow, saveScreenshot, showEffort } from './windows.ts';

type ReadingHandlers = Pick<
  RequestHandlers,
  | 'keepDocument'
  | 'dropDocument'
  | 'openLink'
  | 'openPart'
  | 'dragPart'
  | 'readerSettings'
  | 'rememberReader'
  | 'savedSearches'
  | 'rememberSearches'
>;

const here = path.dirname(fileURLToPath(import.meta.url));

/** An engine whose archive no window has shown for so long ends. */
const REST_AFTER_MS = 10 * 60_000;

/** Files to open in a window as soon as its page listens. */
const waiting = new Map<WebContents, readonly string[]>();

function useFolders(): void {
  const folder = app.commandLine.getSwitchValue('user-data-dir');
  if (folder) app.setPath('userData', path.resolve(folder));
}

/** What the terminal program must know too is kept where it looks, unless all is kept elsewhere. */
function sharedFolder(): string {
  const elsewhere = app.commandLine.hasSwitch('user-data-dir');
  return elsewhere
    ? app.getPath('userData')
    : stateFolderOf(process.platform, process.env, app.getPath('home'));
}

/** As `sharedFolder`, for what can be made again. */
function sharedCacheFolder(): string {
  const elsewhere = app.commandLine.hasSwitch('user-data-dir');
  return elsewhere
    ? app.getPath('userData')
    : cacheFolderOf(process.platform, process.env, app.getPath('home'));
}

/** An open archive as the library keeps it; null if it is not open. */
function factsOf(archivePath: string | null, status: Status | null): FoundArchive | null {
  if (archivePath === null || !status) return null;
  const { format, bytes, packed } = status;
  const name = path.basename(archivePath);
  const packing = packed?.packing ?? null;
  return { path: archivePath, name, place: [], format, packing, bytes, messages: null };
}

class App {
  readonly #settings = new Settings(app.getPath('userData'));
  readonly #archives = new Archives({
    entry: path.join(here, 'engine.js'),
    folders: {
      stateFolder: path.join(sharedFolder(), 'journals'),
      readingFolder: path.join(sharedFolder(), 'readings'),
      marksFolder: path.join(sharedFolder(), 'marks'),
      copyFolder: path.join(sharedFolder(), 'removed'),
      catalogFolder: path.join(sharedCacheFolder(), 'catalogs'),
      expandedFolder: path.join(sharedCacheFolder(), 'expanded'),
    },
    indexesTexts: () => this.#settings.indexTexts,
    send: sendArchive,
    sendPort,
    onEffort: showEffort,
    restAfterMs: Number(app.commandLine.getSwitchValue('rest-after-ms')) || REST_AFTER_MS,
    opened: (archivePath) => {
      this.#settings.rememberArchive(archivePath);
      app.addRecentDocument(archivePath);
    },
  });
  readonly #library = new Library({
    entry: path.join(here, 'finder.js'),
    folder: app.getPath('userData'),
    catalogFolder: path.join(sharedCacheFolder(), 'catalogs'),
    leaveOut: [sharedFolder(), sharedCacheFolder(), app.getPath('userData')],
    tell: sendLibrary,
    windows: () => BrowserWindow.getAllWindows().map(({ webContents }) => webContents),
    open: (archivePath, contents) => void this.#archives.open(archivePath, contents),
    facts: (id) => factsOf(this.#archives.pathOf(id), this.#archives.statusOf(id)),
  });
  readonly #lending = new Lending({
    archives: this.#archives,
    isKnown: (archivePath) => this.#library.has(archivePath) || this.#archives.isOpen(archivePath),
    sendPort,
  });
  readonly #takingAway = new TakingAway(this.#archives);
  readonly #frames = new MessageFrames();
  readonly #partFiles = new PartFiles();
  #quitting = false;

  start(files: readonly string[]): void {
    secure(this.#frames);
    servePage();
    this.#frames.serve();
    servePdfFrame();
    this.#serveWindows();
    setMenu(() => this.openWindow([]));
    // It starts beside the window.
    if (files.length > 0) this.#archives.prepare();
    const window = this.openWindow(files);
    const picture = process.env['MAILKEEP_SCREENSHOT'];
    if (picture) {
      window.webContents.once('did-finish-load', () => {
        saveScreenshot(window, files.length > 0 ? 'archive' : 'welcome', picture).catch((error) =>
          console.error(error),
        );
      });
    }
    app.on('second-instance', (_event, _words, _folder, more) => {
      this.bringFiles(more as readonly string[]);
    });
    app.on('open-file', (event, file) => {
      event.preventDefault();
      this.bringFiles([file]);
    });
    app.on('browser-window-focus', () => void this.#library.lookWhatIsGone());
    app.on('activate', () => {
      if (BrowserWindow.getAllWindows().length === 0) this.openWindow([]);
    });
    app.on('before-quit', (event) => this.#beforeQuit(event));
  }

  openWindow(files: readonly string[]): BrowserWindow {
    const window = makeWindow(this.#settings);
    const contents = window.webContents;
    waiting.set(contents, files);
    window.on('closed', () => {
      waiting.delete(contents);
      this.#frames.drop(contents);
      void this.#lending.closeWindow(contents);
      void this.#archives.closeWindow(contents);
    });
    return window;
  }

  /** Files from a second start of the app open in the window in use. */
  bringFiles(files: readonly string[]): void {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (!window) {
      this.openWindow(files);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
    void this.#openAll(window.webContents, files);
  }

  async #openAll(contents: WebContents, files: readonly string[]): Promise<void> {
    const early = waiting.get(contents);
    if (early) waiting.set(contents, [...early, ...files]);
    else {
      const given = await sortedOut(files);
      await this.#library.add(given.folders);
      for (const file of given.files) await this.#archives.open(file, contents);
    }
  }

  #serveWindows(): void {
    serveBridge({
      ready: (contents) => {
        const files = waiting.get(contents) ?? [];
        waiting.delete(contents);
        this.#archives.prepareAtRest();
        void this.#openAll(contents, files);
      },
      openDialog: async (contents) => {
        this.#archives.prepare();
        void this.#openAll(contents, await chooseArchives(contents));
      },
      openDropped: (contents, files) => void this.#openAll(contents, files),
      openRecent: (contents, file) => {
        if (!this.#settings.recent.some((archive) => archive.path === file)) {
          throw new MailboxError('MISUSE', { path: file });
        }
        void this.#openAll(contents, [file]);
      },
      openSample: async (contents) => void this.#openAll(contents, [await sampleArchive()]),
      reopen: (_contents, id) => void this.#archives.reopen(archiveId(id)),
      closeArchive: (_contents, id) => this.#archives.close(archiveId(id)),
      show: (contents, id) => this.#archives.show(contents, id === null ? null : archiveId(id)),
      recent: () => this.#settings.recent,
      reveal: (_contents, id) => {
        const file = this.#archives.pathOf(archiveId(id));
        if (file) shell.showItemInFolder(file);
      },
      ...this.#library.handlers(),
      ...this.#lending.handlers(),
      ...this.#takingAway.handlers(),
      saveParts: async (contents, { archive, request }) => {
        const place = await choosePlace(contents, request.parts);
        return place && this.#archives.save(archiveId(archive), { ...request, ...place });
      },
      ...this.#reading(),
    });
  }

  /** What a window asks of main to show messages. */
  #reading(): ReadingHandlers {
    const saveIn =
      (archive: string) =>
      (asked: ToSave): Promise<Saved> =>
        this.#archives.save(archiveId(archive), asked);
    return {
      keepDocument: (contents, document) => this.#frames.keep(contents, document),
      dropDocument: (contents, token) => this.#frames.dropOne(contents, token),
      openLink: async (_contents, link) => {
        const safe = safeLink(link);
        if (safe === null) throw new MailboxError('MISUSE', { link: link.slice(0, 200) });
        await shell.openExternal(safe);
      },
      openPart: (contents, { archive, request }) =>
        this.#partFiles.open(contents, request, saveIn(archive)),
      dragPart: (contents, { archive, request }) =>
        this.#partFiles.drag(contents, request, saveIn(archive)),
      readerSettings: () => this.#settings.reader,
      rememberReader: (_contents, reader) => this.#settings.rememberReader(reader),
      savedSearches: () => this.#settings.searches,
      rememberSearches: (_contents, searches) => this.#settings.rememberSearches(searches),
    };
  }

  /** Engines end before the app does, each after what it must not leave half done. */
  #beforeQuit(event: Electron.Event): void {
    if (this.#quitting) return;
    event.preventDefault();
    const agreed = this.#archives.writing ? askToFinish() : Promise.resolve(true);
    void agreed.then(async (quit) => {
      if (!quit) return;
      this.#quitting = true;
      await Promise.all([this.#archives.closeAll(), this.#library.close()]);
      await this.#partFiles.drop().catch((error) => console.warn(error));
      app.quit();
    });
  }
}

function beginApp(): void {
  useFolders();
  closeNames();
  declareScheme();
  const files = filesOf(process.argv, process.cwd());
  if (!app.requestSingleInstanceLock(files)) return app.quit();
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(() => new App().start(files));
}

const words = terminalWordsOf(process.argv);
if (words) void runTerminal(words);
else beginApp();
