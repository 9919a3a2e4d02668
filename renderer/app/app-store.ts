/**
 * The window as a whole: which archives are open in it, which one is shown, which panels are up.
 * Archives come and go as main tells; each open one has an `ArchiveStore` of its own.
 */

import type { Answer } from '../../shared/answer.ts';
import type {
  ArchiveEvent,
  Bridge,
  PortMessage,
  RecentArchive,
  TakenPlace,
} from '../../shared/bridge.ts';
import type { ErrorValue } from '../../shared/errors.ts';
import type { MailPlace } from '../../shared/mail-place.ts';
import type { ArchiveView } from '../../shared/preferences.ts';
import type { ArchiveId } from '../../shared/units.ts';
import { ArchiveStore } from '../engine/archive-store.ts';
import { type Remembered, rememberedOf } from '../engine/remembered.ts';
import { askedOf, EverywhereStore } from '../everywhere/everywhere-store.ts';
import { targetsOf } from '../everywhere/targets.ts';
import { LibraryStore } from '../library/library-store.ts';
import { ViewMemory } from './view-memory.ts';
import { ReaderStore } from '../reader/reader-store.ts';
import { PreferenceStore } from '../settings/preference-store.ts';
import { IndexChoice } from '../search/index-choice.ts';
import { SavedSearches } from '../search/saved-searches.ts';

export interface OpenArchive {
  readonly id: ArchiveId;
  readonly path: string;
  readonly name: string;
  /** `resting`: its engine ended because nobody needed it, and starts when the archive is shown. */
  readonly state: 'opening' | 'open' | 'failed' | 'resting';
  readonly error: ErrorValue | null;
  /** There while it is being opened, too: what is asked of it waits. */
  readonly store: ArchiveStore | null;
  /** What was shown of it before it rested. */
  readonly remembered: Remembered | null;
  /** How it was looked at before. */
  readonly view: ArchiveView | null;
}

export interface AppSnapshot {
  readonly archives: readonly OpenArchive[];
  readonly active: ArchiveId | null;
  readonly recent: readonly RecentArchive[];
  /** Where other programs keep mail here. */
  readonly places: readonly MailPlace[];
  /** What stands in the middle of the window. */
  readonly screen: 'archive' | 'everywhere';
  readonly panel:
    | 'none'
    | 'compact'
    | 'export'
    | 'forget'
    | 'strip'
    | 'reading'
    | 'settings'
    | 'where'
    | 'palette';
  readonly error: ErrorValue | null;
  /** What the app cannot remember as it should, in sentences. */
  readonly troubles: readonly string[];
}

/** What is to be shown of an archive. */
type Wanted = { readonly key: string } | { readonly query: string };

function showWanted(store: ArchiveStore, wanted: Wanted): void {
  store.picture.show('list');
  if ('key' in wanted) void store.goTo({ key: wanted.key });
  else store.arrange({ view: 'all', narrowed: [], query: wanted.query });
}

export class AppStore {
  readonly bridge: Bridge;
  readonly reader: ReaderStore;
  readonly saved: SavedSearches;
  readonly library: LibraryStore;
  readonly everywhere: EverywhereStore;
  /** Where archives are to be shown that are being opened, by path. */
  readonly #wanted = new Map<string, Wanted>();
  readonly preferences: PreferenceStore;
  readonly #views: ViewMemory;
  /** Troubles that a person has heard of. */
  readonly #dismissed = new Set<string>();
  readonly indexChoice: IndexChoice;
  readonly #listeners = new Set<() => void>();
  #snapshot: AppSnapshot = {
    archives: [],
    active: null,
    recent: [],
    screen: 'archive',
    places: [],
    panel: 'none',
    error: null,
    troubles: [],
  };

  constructor(bridge: Bridge) {
    this.bridge = bridge;
    this.saved = new SavedSearches(bridge);
    this.library = new LibraryStore(bridge, (error) => this.fail(error));
    this.everywhere = new EverywhereStore(bridge);
    this.preferences = new PreferenceStore(bridge);
    this.#views = new ViewMemory(bridge);
    this.indexChoice = new IndexChoice(bridge);
    this.reader = new ReaderStore(bridge, (event) => window.dispatchEvent(event));
    bridge.onArchive((event) => this.#hear(event));
    window.addEventListener('message', (event: MessageEvent<Partial<PortMessage>>) => {
      const port = event.ports[0];
      if (event.source !== window || !event.data.mailkeepPort || !port) return;
      this.#connect(event.data.mailkeepPort, port);
    });
    void this.#told(bridge.ready());
    void this.#loadRecent();
    void this.#loadTroubles();
    void this.#loadPlaces();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): AppSnapshot => this.#snapshot;

  get active(): OpenArchive | null {
    return this.#snapshot.archives.find(({ id }) => id === this.#snapshot.active) ?? null;
  }

  activate(id: ArchiveId): void {
    this.#set({ active: id, screen: 'archive' });
  }

  /** Shows the search over all archives, and searches them unless the text is empty. */
  searchEverywhere(text: string): void {
    this.#set({ screen: 'everywhere' });
    const asked = askedOf(text);
    if (asked === '' || asked === this.everywhere.snapshot().query) return;
    this.everywhere.type(text);
    const { places } = this.library.snapshot();
    void this.everywhere.search(targetsOf(places, this.#snapshot.archives));
  }

  /** Opens an archive at a message, or with a search. */
  openAt(path: string, wanted: Wanted): void {
    const open = this.#snapshot.archives.find((archive) => archive.path === path);
    if (!open?.store) {
      this.#wanted.set(path, wanted);
      if (open) this.activate(open.id);
      else void this.#told(this.bridge.openFromLibrary(path));
      return;
    }
    this.activate(open.id);
    showWanted(open.store, wanted);
  }

  show(panel: AppSnapshot['panel']): void {
    this.#set({ panel });
  }

  /** Puts a panel away, unless another one has taken its place. */
  hide(panel: AppSnapshot['panel']): void {
    if (this.#snapshot.panel === panel) this.#set({ panel: 'none' });
  }

  /** Something went wrong that concerns no open archive, or its place in the system. */
  fail(error: ErrorValue): void {
    this.#set({ error });
  }

  dismissError(): void {
    this.#set({ error: null });
  }

  open(): void {
    void this.#told(this.bridge.openDialog());
  }

  openPlace(path: string): void {
    void this.#told(this.bridge.openPlace(path));
  }

  openSample(): void {
    void this.#told(this.bridge.openSample());
  }

  openRecent(path: string): void {
    void this.#told(this.bridge.openRecent(path));
  }

  openDropped(files: readonly File[]): void {
    void this.#told(this.bridge.openDropped(files));
  }

  reopen(id: ArchiveId): void {
    void this.#told(this.bridge.reopen(id));
  }

  expandAll(id: ArchiveId): void {
    void this.#told(this.bridge.expandAll(id));
  }

  /** Opens archives inside a ZIP file, in its place. */
  openEntries(id: ArchiveId, entries: readonly string[]): void {
    this.#leave(id);
    void this.#told(this.bridge.openEntries(id, entries));
  }

  /** Shows what was taken out in the system's file browser. */
  revealTaken(place: TakenPlace): void {
    void this.#told(this.bridge.revealTaken(place));
  }

  reveal(id: ArchiveId): void {
    void this.#told(this.bridge.reveal(id));
  }

  close(id: ArchiveId): void {
    void this.#close(id);
  }

  async #close(id: ArchiveId): Promise<void> {
    this.#views.tell();
    const answer = await this.bridge.closeArchive(id);
    if (answer.ok && answer.value === 'kept') return;
    this.#leave(id);
    if (!answer.ok) this.#set({ error: answer.error });
    void this.#loadRecent();
  }

  #leave(id: ArchiveId): void {
    this.#archive(id)?.store?.close();
    const at = this.#snapshot.archives.findIndex((archive) => archive.id === id);
    const archives = this.#snapshot.archives.filter((archive) => archive.id !== id);
    const next = archives[Math.min(at, archives.length - 1)] ?? null;
    this.#set({
      archives,
      active: this.#snapshot.active === id ? (next?.id ?? null) : this.#snapshot.active,
    });
  }

  #archive(id: ArchiveId): OpenArchive | undefined {
    return this.#snapshot.archives.find((archive) => archive.id === id);
  }

  #hear(event: ArchiveEvent): void {
    switch (event.event) {
      case 'opening':
        return this.#opening(event);
      case 'opened':
        this.#change(event.archive, { state: 'open' });
        void this.#loadTroubles();
        return void this.#loadRecent();
      case 'failed':
      case 'ended':
        this.#archive(event.archive)?.store?.close();
        return this.#change(event.archive, { state: 'failed', error: event.error, store: null });
      case 'rested':
        return this.#rest(event.archive);
      case 'shown':
        return this.activate(event.archive);
    }
  }

  #opening({ archive: id, path, name, view }: Extract<ArchiveEvent, { event: 'opening' }>): void {
    if (this.#archive(id)) {
      this.#change(id, { state: 'opening', error: null, store: null, view });
    } else {
      const fresh = { error: null, store: null, remembered: null, view };
      const archive = { id, path, name, state: 'opening', ...fresh } as const;
      this.#set({ archives: [...this.#snapshot.archives, archive] });
    }
    this.activate(id);
  }

  #rest(id: ArchiveId): void {
    const store = this.#archive(id)?.store ?? null;
    const remembered = store && rememberedOf(store.snapshot());
    store?.close();
    this.#change(id, { state: 'resting', store: null, remembered });
  }

  #connect(id: ArchiveId, port: MessagePort): void {
    const archive = this.#archive(id);
    if (!archive) {
      if (!this.everywhere.arrived(id, port)) port.close();
      return;
    }
    const { threads } = this.reader.snapshot().settings;
    const store = new ArchiveStore(port, threads, archive.remembered, archive.view);
    this.#views.watch(id, store);
    this.#change(id, { store, remembered: null });
    const wanted = this.#wanted.get(archive.path);
    this.#wanted.delete(archive.path);
    if (wanted) showWanted(store, wanted);
  }

  #change(id: ArchiveId, change: Partial<OpenArchive>): void {
    this.#set({
      archives: this.#snapshot.archives.map((archive) =>
        archive.id === id ? { ...archive, ...change } : archive,
      ),
    });
  }

  async #loadPlaces(): Promise<void> {
    const answer = await this.bridge.mailPlaces();
    if (answer.ok) this.#set({ places: answer.value });
  }

  async #loadTroubles(): Promise<void> {
    const answer = await this.bridge.troubles();
    if (!answer.ok) return;
    const troubles = answer.value.filter((one) => !this.#dismissed.has(one));
    this.#set({ troubles });
  }

  dismissTroubles(): void {
    for (const one of this.#snapshot.troubles) this.#dismissed.add(one);
    this.#set({ troubles: [] });
  }

  async #loadRecent(): Promise<void> {
    const answer = await this.bridge.recent();
    if (answer.ok) this.#set({ recent: answer.value });
  }

  async #told(answer: Promise<Answer<null>>): Promise<void> {
    const got = await answer;
    if (!got.ok) this.#set({ error: got.error });
  }

  #set(change: Partial<AppSnapshot>): void {
    const { active = this.#snapshot.active } = change;
    if (active !== this.#snapshot.active) void this.bridge.show(active);
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}
