/** The window: sidebar, toolbar, and the archive that is current; or the welcome. */

import { PanelLeft } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Announcer } from './announce/Announcer.tsx';
import { AppAlerts } from './alert/Alerts.tsx';
import type { OpenArchive } from './app/app-store.ts';
import { useKeptFocus } from './app/kept-focus.ts';
import { useApp, useAppStore, usePreferences } from './app/use-store.ts';
import { contextOf } from './command/command.ts';
import { commandNamed, handleKey, perform } from './command/registry.ts';
import { CompactDialog } from './compact/CompactDialog.tsx';
import { ForgetDialog } from './compact/ForgetDialog.tsx';
import { EverywherePane } from './everywhere/EverywherePane.tsx';
import { ExportDialog } from './export/ExportDialog.tsx';
import { useLibrary } from './library/library-store.ts';
import { LibraryScreen } from './library/LibraryScreen.tsx';
import { Palette } from './palette/Palette.tsx';
import { ArchivePanes } from './panes/ArchivePanes.tsx';
import { DropZone } from './panes/DropZone.tsx';
import { useRowStyle } from './list/use-row-pixels.ts';
import { Splitter } from './panes/Splitter.tsx';
import { ReadingDialog } from './reading/ReadingDialog.tsx';
import { SettingsDialog } from './settings/SettingsDialog.tsx';
import { Sidebar } from './sidebar/Sidebar.tsx';
import { StripDialog } from './strip/StripDialog.tsx';
import { Toolbar } from './toolbar/Toolbar.tsx';
import { Failed, Opening } from './welcome/Screens.tsx';
import { Welcome } from './welcome/Welcome.tsx';
import { WhereDialog } from './welcome/Where.tsx';
import { say } from '../shared/language/say.ts';

/** Usual width of the sidebar. */
const SIDE_PIXELS = 248;

const NOTHING = { subscribe: () => () => undefined, snapshot: () => null };

function useCommands(): void {
  const app = useAppStore();
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => handleKey(event, contextOf(app));
    window.addEventListener('keydown', pressed);
    const stop = app.bridge.onMenu((name) => perform(commandNamed(name), contextOf(app)));
    return () => {
      window.removeEventListener('keydown', pressed);
      stop();
    };
  }, [app]);
}

function Content({ archive }: { readonly archive: OpenArchive | null }) {
  const { screen } = useApp();
  if (screen === 'everywhere') return <EverywherePane />;
  if (!archive) return <LibraryScreen />;
  if (archive.state === 'failed') return <Failed archive={archive} />;
  return <Panes key={archive.id} archive={archive} />;
}

/** What takes longer to be opened says so; till then an empty list is what its rows will be drawn in. */
const OPENING_MS = 400;

function Panes({ archive }: { readonly archive: OpenArchive }) {
  const isOpening = archive.state === 'opening';
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = isOpening ? setTimeout(() => setSlow(true), OPENING_MS) : null;
    return () => {
      if (timer) clearTimeout(timer);
      setSlow(false);
    };
  }, [isOpening]);
  if (!archive.store || (isOpening && isSlow)) return <Opening archive={archive} />;
  return <ArchivePanes store={archive.store} />;
}

export function App() {
  const app = useAppStore();
  const { archives, active, panel } = useApp();
  const [, { places }] = useLibrary();
  /** Only in a narrow window, where it stands above the list. */
  const [side, setSide] = useState<'folded' | 'unfolded'>('folded');
  const sidePixels = usePreferences().panes.side ?? SIDE_PIXELS;
  const archive = archives.find(({ id }) => id === active) ?? null;
  const source = archive?.store ?? NOTHING;
  // Drawn anew with every change of the archive: commands depend on it.
  useSyncExternalStore<unknown>(source.subscribe, source.snapshot);
  useRowStyle();
  useCommands();
  useKeptFocus();
  useEffect(() => {
    document.title = archive ? say('app.title', { archive: archive.name }) : 'Mailkeep';
  }, [archive]);

  if (!archive && places.length === 0) {
    return (
      <>
        <Announcer />
        <AppAlerts />
        <Welcome />
        <DropZone />
        {panel === 'palette' && <Palette />}
        {panel === 'settings' && <SettingsDialog />}
        {panel === 'where' && <WhereDialog />}
      </>
    );
  }
  return (
    <div className="app">
      <Announcer />
      <aside
        className="sidebar-pane"
        aria-label={say('sidebar.pane')}
        data-folded={side === 'folded'}
        style={{ width: sidePixels }}
      >
        <button
          type="button"
          className="side-fold"
          aria-expanded={side === 'unfolded'}
          onClick={() => setSide(side === 'folded' ? 'unfolded' : 'folded')}
        >
          <PanelLeft size={16} aria-hidden />
          {say('sidebar.fold')}
        </button>
        <Sidebar />
        <Splitter
          label={say('panes.sidebarWidth')}
          className="splitter"
          extent={{ pixels: sidePixels, min: 180, max: 420 }}
          side="start"
          onResize={(side) => app.preferences.showSized({ side })}
          onRest={(side) => app.preferences.resize({ side })}
          onCancel={() => app.preferences.showKept()}
          onUsual={() => app.preferences.resize({ side: null })}
        />
      </aside>
      <main className="main">
        <Toolbar context={contextOf(app)} />
        <AppAlerts />
        <Content archive={archive} />
      </main>
      <DropZone />
      {panel === 'compact' && archive?.store && <CompactDialog store={archive.store} />}
      {panel === 'export' && archive?.store && (
        <ExportDialog archive={archive} store={archive.store} />
      )}
      {panel === 'strip' && archive?.store && (
        <StripDialog archive={archive} store={archive.store} />
      )}
      {panel === 'forget' && archive?.store && <ForgetDialog store={archive.store} />}
      {panel === 'reading' && archive?.store && <ReadingDialog store={archive.store} />}
      {panel === 'palette' && <Palette />}
      {panel === 'settings' && <SettingsDialog />}
      {panel === 'where' && <WhereDialog />}
    </div>
  );
}
