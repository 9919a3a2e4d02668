/** The saved searches: chosen, renamed by F2 or a double click, removed. */

import { Search, X } from 'lucide-react';
import { useState } from 'react';
import type { SavedSearch } from '../../shared/saved-search.ts';
import { useArchive } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { useSavedSearches } from '../search/saved-searches.ts';
import { say } from '../../shared/language/say.ts';

export function Searches({ store }: { readonly store: ArchiveStore }) {
  const { arrangement } = useArchive(store);
  const [saved, searches] = useSavedSearches();
  const [renamed, setRenamed] = useState<SavedSearch | null>(null);
  if (searches.length === 0) return null;
  return (
    <nav className="side-part" aria-label={say('search.saved')}>
      <h2 className="side-title">{say('search.savedTitle')}</h2>
      <ul className="side-list">
        {searches.map((search) => {
          const active = arrangement.query === search.query;
          return (
            <li key={search.query} className={active ? 'side-item side-item-active' : 'side-item'}>
              {renamed === search ? (
                <NewName
                  search={search}
                  onDone={(name) => {
                    if (name !== '') saved.rename(search, name);
                    setRenamed(null);
                  }}
                />
              ) : (
                <button
                  type="button"
                  title={say('search.renames', { query: search.query })}
                  aria-current={active ? 'true' : undefined}
                  onClick={() => store.arrange({ query: search.query })}
                  onDoubleClick={() => setRenamed(search)}
                  onKeyDown={(event) => {
                    if (event.key === 'F2') setRenamed(search);
                  }}
                >
                  <Search size={15} aria-hidden />
                  <span className="side-name" translate="no" dir="auto">
                    {search.name}
                  </span>
                </button>
              )}
              <button
                type="button"
                className="side-close"
                aria-label={say('search.remove', { name: search.name })}
                onClick={() => saved.remove(search)}
              >
                <X size={14} />
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

interface NewNameProps {
  readonly search: SavedSearch;
  /** @param name empty if it stays */
  readonly onDone: (name: string) => void;
}

function NewName({ search, onDone }: NewNameProps) {
  const [name, setName] = useState(search.name);
  return (
    <input
      type="text"
      className="side-rename"
      aria-label={say('search.newName', { name: search.name })}
      value={name}
      maxLength={100}
      // biome-ignore lint/a11y/noAutofocus: it stands where the name was that is changed
      autoFocus
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(name.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(name.trim());
        else if (event.key === 'Escape') onDone('');
        else return;
        event.stopPropagation();
      }}
    />
  );
}
