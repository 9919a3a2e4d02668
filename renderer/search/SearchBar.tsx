/** Above the list of a search: how many fit, which share of the texts was searched, what can be done. */

import { useState } from 'react';
import { useApp, useAppStore, useArchive } from '../app/use-store.ts';
import { formatCount, formatNumber } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { targetsOf } from '../everywhere/targets.ts';
import { useLibrary } from '../library/library-store.ts';
import { useSavedSearches } from './saved-searches.ts';
import { percentIndexed } from './TextIndex.tsx';

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
    <div className="search-bar" role="toolbar" aria-label="Search results">
      <span aria-live="polite">
        {formatCount(list.rows + (list.collapsed ?? 0), 'message')} found
        {missing > 0 && (
          <span className="quiet">
            {' · '}
            {search.covered === 0
              ? 'texts not searched yet'
              : `texts of ${formatNumber(search.covered)} of ${formatNumber(search.total)} searched`}
            {status?.texts.state === 'building' && `, indexing: ${percentIndexed(status.texts)} %`}
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
          {isReading ? 'Searching…' : 'Search the rest'}
        </button>
      )}
      <span className="stretch" />
      {targets.length > 1 && (
        <button type="button" className="small-button" onClick={() => app.searchEverywhere(query)}>
          In all archives
        </button>
      )}
      {!isSaved && <SaveSearch query={query} onSave={(name) => saved.add({ name, query })} />}
    </div>
  );
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
        Save search…
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
        aria-label="Name of the search"
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
        Save
      </button>
    </form>
  );
}
