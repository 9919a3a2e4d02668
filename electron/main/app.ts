/**
 * The app: one instance, its windows, and what connects them to engines. Main never opens a mailbox
 * and sees no mail; see `archives.ts` for what it does instead.
 */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, clipboard, powerMonitor, shell, type WebContents } from 'electron';
import type { Status } from '../../shared/status.ts';
import { archiveId } from '../../shared/units.ts';
import { APP_ID } from './app-id.ts';
import { Archives } from './archives.ts';
import { Awake } from './awake.ts';
import { BroughtFiles } from './brought-files.ts';
import { sendArchive, sendLanguage, sendLibrary, sendPort, serveBridge } from './bridge.ts';
import type { FoundArchive } from '../../shared/found-archive.ts';
import { filesOf, terminalWordsOf } from './command-line.ts';
import { choosePlace } from './dialogs.ts';
import { diagnostics } from './diagnostics.ts';
import { engineFolders, ownFolders, useFolders } from './folders.ts';
import { Leaving } from './leaving.ts';
import { Lending } from './lending.ts';
import { Library } from './library.ts';
import { Log } from './log.ts';
import { setMenu } from './menu.ts';
import { MessageFrames } from './message-frame.ts';
import { Notices } from './notices.ts';
import { declareScheme, servePage } from './page.ts';
import { PartFiles } from './part-files.ts';
import { asItWas, NOTHING, Opening, type ToOpen } from './opening.ts';
import { servePdfFrame } from './pdf-frame.ts';
import { Remembering } from './remembering.ts';
import { closeNames, secure } from './security.ts';
import { Session, type WindowSession } from './session.ts';
import { Settings } from './settings.ts';
import { Showing } from './showing.ts';
import { isFirstInstance } from './single-instance.ts';
import { TakingAway } from './taking-away.ts';
import { runTerminal } from './terminal.ts';
import { recoverFromCrash } from './window-crash.ts';
import { makeWindow, saveScreenshot, showEffort } from './windows.ts';
import { spoken } from '../../shared/language/say.ts';
import { speakAsChosen } from './language.ts';

const here = path.dirname(fileURLToPath(import.meta.url));

/** An engine whose archive no window has shown for so long ends. */
const REST_AFTER_MS = 10 * 60_000;

/** An open archive as the library keeps it; null if it is not open. */
function factsOf(archivePath: string | null, status: Status | null): FoundArchive | null {
  if (archivePath === null || !status) return null;
  const { format, bytes, packed } = status;
  const name = path.basename(archivePath);
  const packing = packed?.packing ?? null;
  return { path: archivePath, name, place: [], format, packing, bytes, messages: null };
}

class App {
  /** Those in which archives are shown: paper is drawn in others, which nobody sees. */
  readonly #windows = new Set<BrowserWindow>();
  readonly #log = new Log(app.getPath('userData'));
  readonly #settings = new Settings(app.getPath('userData'));
  readonly #notices = new Notices(this.#settings);
  readonly #awake = new Awake();
  readonly #session = new Session(app.getPath('userData'));
  readonly #archives = new Archives({
    entry: path.join(here, 'engine.js'),
    folders: engineFolders(),
    indexesTexts: () => this.#settings.indexTexts,
    restAfterMs: Number(app.commandLine.getSwitchValue('rest-after-ms')) || REST_AFTER_MS,
    send: sendArchive,
    sendPort,
    onEffort: (contents, effort) => {
      showEffort(contents, effort);
      this.#notices.work.note(contents, effort);
    },
    onWriting: (writing) => this.#awake.keep({ writing }),
    viewOf: (archivePath) => this.#session.viewOf(archivePath),
    opened: (archivePath, archive) => {
      this.#log.note({ what: 'open', archive });
      this.#settings.rememberArchive(archivePath);
      app.addRecentDocument(archivePath);
      this.#setMenu();
    },
    failed: (archive, { code }) => this.#log.note({ what: 'open-failed', archive, code }),
    ended: (archive, { details }) =>
      this.#log.note({ what: 'engine-ended', archive, exitCode: Number(details['exitCode']) }),
  });
  readonly #library = new Library({
    entry: path.join(here, 'finder.js'),
    folder: app.getPath('userData'),
    catalogFolder: engineFolders().catalogFolder,
    leaveOut: ownFolders(),
    tell: sendLibrary,
    windows: () => [...this.#windows].map(({ webContents }) => webContents),
    open: (archivePath, contents) => void this.#opening.open(contents, archivePath),
    facts: (id) => factsOf(this.#archives.pathOf(id), this.#archives.statusOf(id)),
  });
  readonly #opening = new Opening({
    archives: this.#archives,
    library: this.#library,
    session: this.#session,
    settings: this.#settings,
  });
  readonly #lending = new Lending({
    entry: path.join(here, 'searcher.js'),
    folders: engineFolders(),
    archives: this.#archives,
    isKnown: (archivePath) => this.#library.has(archivePath) || this.#archives.isOpen(archivePath),
    sendPort,
  });
  readonly #remembering = new Remembering(
    this.#settings,
    this.#session,
    this.#archives,
    () => void this.#speak(),
  );
  readonly #takingAway = new TakingAway(this.#archives);
  readonly #frames = new MessageFrames();
  readonly #partFiles = new PartFiles();
  readonly #leaving = new Leaving({
    archives: this.#archives,
    end: () => this.#end(),
    written: () => Promise.all([this.#settings.written, this.#session.written]),
  });
  readonly #showing = new Showing(this.#archives, this.#frames, this.#partFiles);

  /** @param named on the command line @param brought by the system, then and later */
  async start(named: readonly string[], brought: BroughtFiles): Promise<void> {
    await speakAsChosen(this.#settings.preferences.language);
    const files = [...named, ...brought.take((file) => this.bringFiles([file]))];
    secure(this.#frames);
    servePage();
    this.#remembering.applyTheme();
    this.#frames.serve();
    servePdfFrame();
    this.#serveWindows();
    this.#setMenu();
    // It starts beside the window.
    const restored = files.length > 0 ? [] : this.#lastSession();
    if (files.length > 0 || restored.length > 0) this.#archives.prepare();
    const window =
      restored.length > 0 ? this.#restore(restored) : this.openWindow({ files, front: null });
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
    app.on('browser-window-focus', () => void this.#library.lookWhatIsGone());
    app.on('activate', () => {
      if (this.#windows.size === 0) this.openWindow(NOTHING);
    });
    app.on('before-quit', (event) => this.#leaving.beforeQuit(event));
    app.on('will-quit', (event) => this.#leaving.willQuit(event));
    // Engines look at their files all the time, and a flush that was cut short has its journal.
    powerMonitor.on('suspend', () => this.#log.note({ what: 'suspend' }));
    powerMonitor.on('resume', () => this.#log.note({ what: 'resume' }));
    this.#log.note({ what: 'start', version: app.getVersion(), restored: restored.length });
  }

  /** Another language was chosen: menus and windows speak it at once. */
  async #speak(): Promise<void> {
    if (!(await speakAsChosen(this.#settings.preferences.language))) return;
    this.#setMenu();
    for (const { webContents } of this.#windows) {
      sendLanguage(webContents, spoken());
    }
  }

  #setMenu(): void {
    setMenu({
      newWindow: () => this.openWindow(NOTHING),
      recent: this.#settings.recent,
      openRecent: (archivePath) => this.bringFiles([archivePath]),
      forgetRecent: () => {
        this.#settings.forgetRecent();
        app.clearRecentDocuments();
        this.#setMenu();
      },
      copyDiagnostics: () =>
        clipboard.writeText(diagnostics(this.#settings, this.#log, this.#archives.count)),
    });
  }

  openWindow(toOpen: ToOpen): BrowserWindow {
    const window = makeWindow(this.#settings);
    this.#windows.add(window);
    const contents = window.webContents;
    this.#opening.whenReady(contents, toOpen);
    recoverFromCrash(contents, {
      gone: (_contents, { reason, exitCode }) =>
        this.#log.note({ what: 'window-gone', reason, exitCode }),
      prepare: () => this.#prepareAgain(contents),
    });
    this.#leaving.guard(window);
    window.on('closed', () => {
      this.#windows.delete(window);
      this.#opening.drop(contents);
      this.#frames.drop(contents);
      void this.#lending.closeWindow(contents);
      // All that are open when the app ends are there when it begins again.
      if (!this.#leaving.agreed) this.#session.windowClosed(contents);
      void this.#archives.closeWindow(contents);
    });
    return window;
  }

  /** What was open in a window whose process is gone, or was to be, is opened when its page listens again. */
  async #prepareAgain(contents: WebContents): Promise<void> {
    this.#opening.again(contents);
    this.#frames.drop(contents);
    this.#remembering.crashed(contents);
    await this.#archives.closeWindow(contents);
  }

  #lastSession(): readonly WindowSession[] {
    return this.#settings.preferences.start === 'restore' ? this.#session.last : [];
  }

  /** Opens the windows of the last session. @returns the last of them */
  #restore(windows: readonly WindowSession[]): BrowserWindow {
    const opened = windows.map((session) => {
      const window = this.openWindow(asItWas(session));
      // All of it at once: a crash before the last one is open must not lose it.
      this.#session.adopt(window.webContents, session);
      return window;
    });
    return opened.at(-1) ?? this.openWindow(NOTHING);
  }

  /** Files from a second start of the app open in the window in use. */
  bringFiles(files: readonly string[]): void {
    const focused = BrowserWindow.getFocusedWindow();
    const window = focused && this.#windows.has(focused) ? focused : [...this.#windows][0];
    if (!window) {
      this.openWindow({ files, front: null });
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
    void this.#opening.openAll(window.webContents, files);
  }

  #serveWindows(): void {
    serveBridge({
      ready: (contents) => {
        // A page that is loaded again was told the language when its window was made.
        sendLanguage(contents, spoken());
        void this.#opening.openWaiting(contents);
      },
      ...this.#opening.handlers(),
      closeArchive: async (contents, id) => {
        if (!(await this.#leaving.mayClose(contents, [archiveId(id)]))) return 'kept';
        const file = this.#archives.pathOf(archiveId(id));
        if (file) this.#session.closed(contents, file);
        // Its engine may have something to finish: the window need not wait for that.
        void this.#archives.close(archiveId(id));
        return 'closed';
      },
      show: (contents, id) => {
        const file = id === null ? null : this.#archives.pathOf(archiveId(id));
        if (file) this.#session.inFront(contents, file);
        return this.#archives.show(contents, id === null ? null : archiveId(id));
      },
      recent: () => this.#settings.recent,
      reveal: (_contents, id) => {
        const file = this.#archives.pathOf(archiveId(id));
        if (file) shell.showItemInFolder(file);
      },
      ...this.#library.handlers(),
      ...this.#lending.handlers(),
      ...this.#remembering.handlers(),
      ...this.#takingAway.handlers(),
      saveParts: async (contents, { archive, request }) => {
        const place = await choosePlace(contents, request.parts);
        return place && this.#archives.save(archiveId(archive), { ...request, ...place });
      },
      ...this.#showing.handlers(),
    });
  }

  /** Engines end before the app does, each after what it must not leave half done. */
  async #end(): Promise<void> {
    this.#log.note({ what: 'quit' });
    await Promise.all([this.#archives.closeAll(), this.#library.close()]);
    await this.#partFiles.drop().catch((error) => console.warn(error));
  }
}

function beginApp(): void {
  const brought = new BroughtFiles(app);
  app.setAppUserModelId(APP_ID);
  useFolders();
  closeNames();
  declareScheme();
  const files = filesOf(process.argv, process.cwd());
  if (!isFirstInstance(files)) return app.quit();
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(() => void new App().start(files, brought));
}

const words = terminalWordsOf(process.argv);
if (words) void runTerminal(words);
else beginApp();
