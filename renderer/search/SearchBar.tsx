/** Above the list of a search: how many fit, which share of the texts was searched, what can be done. */

import { useState } from 'react';
import { useApp, useAppStore, useArchive } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { targetsOf } from '../everywhere/targets.ts';
import { useLibrary } from '../library/library-store.ts';
import { useSavedSearches } from './saved-searches.ts';
import { percentIndexed } from './TextIndex.tsx';
import { say } from '../../shared/language/say.ts';
import type { IndexState } from '../../shared/index-state.ts';
import type { SearchAnswer } from '../../shared/search-answer.ts';

export function SearchBar({ store }: { readonly store: ArchiveStore }) {
  const { list, arrangement, tasks, status } = useArchive(store);
  const [saved, searches] = useSavedSearches();
  const app = useAppStore();
  const [, { places }] = useLibrary();
  const targets = targetsOf(places, useApp().archives);
  const { query } = arrangement;
  const { search } = list;
  if (query.trim() === '' || !search) return null;
  const isReading = tasks.some(({ kind }) => kind === 'search');
  const isSaved = searches.some((one) => one.query === query);
  const missing = search.total - search.covered;
  return (
    <div className="search-bar" role="toolbar" aria-label={say('search.results')}>
      <span>
        {say('search.found', { messages: list.rows + (list.collapsed ?? 0) })}
        {missing > 0 && (
          <span className="quiet">
            {' · '}
            {searchedInWords(search, status?.texts)}
          </span>
        )}
      </span>
      {missing > 0 && (
        <button
          type="button"
          className="small-button"
          disabled={isReading}
          onClick={() => store.searchRest()}
        >
          {say(isReading ? 'search.running' : 'search.rest')}
        </button>
      )}
      <span className="stretch" />
      {targets.length > 1 && (
        <button type="button" className="small-button" onClick={() => app.searchEverywhere(query)}>
          {say('search.inAll')}
        </button>
      )}
      {!isSaved && <SaveSearch query={query} onSave={(name) => saved.add({ name, query })} />}
    </div>
  );
}

/** Which share of the texts was searched. */
function searchedInWords({ covered, total }: SearchAnswer, texts: IndexState | undefined): string {
  const searched =
    covered === 0 ? say('search.textsNotYet') : say('search.textsOf', { covered, total });
  return texts?.state === 'building'
    ? say('search.textsIndexing', { searched, percent: percentIndexed(texts) })
    : searched;
}

interface SaveProps {
  readonly query: string;
  readonly onSave: (name: string) => void;
}

function SaveSearch({ query, onSave }: SaveProps) {
  const [name, setName] = useState<string | null>(null);
  if (name === null) {
    return (
      <button type="button" className="small-button" onClick={() => setName(query.slice(0, 60))}>
        {say('search.save')}
      </button>
    );
  }
  return (
    <form
      className="search-save"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onSave(name.trim());
        setName(null);
      }}
    >
      <input
        type="text"
        aria-label={say('search.name')}
        value={name}
        maxLength={100}
        // biome-ignore lint/a11y/noAutofocus: it stands where the button was that was pressed
        autoFocus
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setName(null);
        }}
      />
      <button type="submit" className="small-button">
        {say('button.save')}
      </button>
    </form>
  );
}
