/** An open archive: the list and the reader beside it, or what is seen of the whole in their place. */

import { useEffect, useMemo } from 'react';
import type { WordsFound } from '../../shared/search-answer.ts';
import { useArchiveAnnouncements } from '../announce/use-archive-announcements.ts';
import { Alerts } from '../alert/Alerts.tsx';
import { useAppStore, useArchive, usePreferences, useReader } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { DuplicatesPane } from '../duplicates/DuplicatesPane.tsx';
import { MessageGrid } from '../list/MessageGrid.tsx';
import { ThreadBar } from '../list/ThreadBar.tsx';
import { NarrowBar } from '../narrow/NarrowBar.tsx';
import { Overview } from '../overview/Overview.tsx';
import { Reader } from '../reader/Reader.tsx';
import { WordsContext } from '../search/Highlighted.tsx';
import { SearchBar } from '../search/SearchBar.tsx';
import { StatusLine } from '../status/StatusLine.tsx';
import { Explanation } from '../settings/Explanation.tsx';
import { NoMessages } from '../welcome/Screens.tsx';
import { Splitter } from './Splitter.tsx';
import { say } from '../../shared/language/say.ts';

function Empty({ store }: { readonly store: ArchiveStore }) {
  const { status, list, arrangement } = useArchive(store);
  if (!status || list.rows > 0 || status.state === 'scanning') return null;
  if (arrangement.query !== '') {
    return <NoMessages status={status} filtered={say('panes.noneFound')} />;
  }
  if (arrangement.view !== 'all' || (arrangement.narrowed ?? []).length > 0) {
    return <NoMessages status={status} filtered={say('panes.noneInView')} />;
  }
  return <NoMessages status={status} filtered="" />;
}

const NO_WORDS: readonly WordsFound[] = [];

/** The words of the query, for the rows of its list and for the message beside it. */
function useWords(store: ArchiveStore): readonly WordsFound[] {
  const { list } = useArchive(store);
  const [reader] = useReader();
  // The same words are the same value: every answer brings its own.
  const told = JSON.stringify(list.search?.words ?? NO_WORDS);
  const words = useMemo<readonly WordsFound[]>(() => JSON.parse(told), [told]);
  useEffect(() => {
    reader.finding.markSearch(
      words.filter(({ place }) => place === 'text').map(({ text }) => text),
    );
    return () => reader.finding.markSearch([]);
  }, [reader, words]);
  return words;
}

interface ListProps {
  readonly store: ArchiveStore;
  readonly readerPixels: number;
}

/** The list, and the message beside it. */
function ListPane({ store, readerPixels }: ListProps) {
  const { preferences } = useAppStore();
  const words = useWords(store);
  return (
    <div className="panes">
      <div className="list">
        <NarrowBar store={store} />
        <ThreadBar store={store} />
        <SearchBar store={store} />
        <WordsContext value={words}>
          <MessageGrid store={store} />
        </WordsContext>
        <Empty store={store} />
      </div>
      <Splitter
        label={say('panes.messageWidth')}
        className="splitter"
        extent={{ pixels: readerPixels, min: 260, max: Math.max(400, window.innerWidth - 560) }}
        side="end"
        onResize={(reader) => preferences.showSized({ reader })}
        onRest={(reader) => preferences.resize({ reader })}
        onCancel={() => preferences.showKept()}
        onUsual={() => preferences.resize({ reader: null })}
      />
      <div className="reader-pane" style={{ width: readerPixels }}>
        <Reader store={store} />
      </div>
    </div>
  );
}

export function ArchivePanes({ store }: { readonly store: ArchiveStore }) {
  useArchiveAnnouncements(store);
  const { pane } = useArchive(store);
  const readerPixels = usePreferences().panes.reader ?? Math.round(window.innerWidth * 0.34);
  const { status } = useArchive(store);
  // It says that marks stay; where they cannot, an alert says that.
  const explains = status && status.marked.messages > 0 && status.marks.memory !== 'unsaved';
  return (
    <>
      <Alerts store={store} />
      {pane === 'list' && <ListPane store={store} readerPixels={readerPixels} />}
      {pane === 'overview' && <Overview store={store} />}
      {pane === 'duplicates' && <DuplicatesPane store={store} />}
      {explains && <Explanation step="delete" />}
      <StatusLine store={store} />
    </>
  );
}
