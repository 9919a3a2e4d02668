/** The library in the sidebar: its tree, what can be done with a folder of it, and how far looking is. */

import { FolderPlus, RefreshCw, Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { LibraryPlace } from '../../shared/library.ts';
import { announce } from '../announce/announcements.ts';
import { useAppStore } from '../app/use-store.ts';
import { type LibraryStore, useLibrary } from './library-store.ts';
import { LibraryTree } from './LibraryTree.tsx';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';

export function LibraryPart() {
  const [library, snapshot] = useLibrary();
  const app = useAppStore();
  const { places, rows, current } = snapshot;
  useLookedThrough(places);
  if (places.length === 0) return null;
  const place = (rows.find(({ node }) => node.id === current) ?? rows[0])?.node.place;
  return (
    <section className="side-part" aria-label={say('library.title')}>
      <div className="library-head">
        <h2 className="side-title">{say('library.title')}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={say('library.searchAll')}
          title={say('library.searchAllKey')}
          onClick={() => app.searchEverywhere('')}
        >
          <Search size={14} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={say('button.openFolder')}
          title={say('library.more')}
          onClick={() => library.openFolder()}
        >
          <FolderPlus size={15} />
        </button>
        {place && <PlaceButtons library={library} place={place} />}
      </div>
      <LibraryTree library={library} snapshot={snapshot} />
      {places.map((one) => (
        <PlaceNotes key={one.path} library={library} place={one} />
      ))}
    </section>
  );
}

interface PlaceProps {
  readonly library: LibraryStore;
  readonly place: LibraryPlace;
}

/** What looking through folders came to, when it is over, is said. */
function useLookedThrough(places: readonly LibraryPlace[]): void {
  const looking = places.some((place) => place.looking !== null);
  const archives = places.reduce((sum, place) => sum + place.archives.length, 0);
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current && !looking) announce(say('library.amount', { archives }));
    looked.current = looking;
  }, [looking, archives]);
}

/** For the folder that the tree's current line belongs to. */
function PlaceButtons({ library, place }: PlaceProps) {
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={say('library.lookAgain', { name: place.name })}
        title={say('library.lookAgain', { name: place.name })}
        disabled={place.looking !== null}
        onClick={() => library.lookAgain(place)}
      >
        <RefreshCw size={14} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={say('library.remove', { name: place.name })}
        title={say('library.removeSafely', { name: place.name })}
        onClick={() => library.remove(place)}
      >
        <X size={15} />
      </button>
    </>
  );
}

/** How far looking is, why it could not be done, and what was left out. */
function PlaceNotes({ library, place }: PlaceProps) {
  const { looking, error, omitted, name } = place;
  if (looking) {
    return (
      <div className="library-note" role="status" aria-live="off">
        <span>
          {say('library.looking', {
            name,
            files: looking.files,
            archives: place.archives.length,
          })}
        </span>
        <button type="button" className="link" onClick={() => library.stopLooking(place)}>
          {say('button.stop')}
        </button>
      </div>
    );
  }
  if (error) {
    return (
      <p className="library-note">
        <ErrorText error={error} />
      </p>
    );
  }
  if (omitted.length === 0) return null;
  return (
    <details className="library-note">
      <summary>{say('library.omitted', { places: omitted.length, name })}</summary>
      <ul>
        {omitted.map(({ path, why }) => (
          <li key={`${path} ${why}`} title={path}>
            <span className="path" translate="no">
              {path}
            </span>{' '}
            {say(`library.why.${why}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
