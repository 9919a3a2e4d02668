/** The library in the sidebar: its tree, what can be done with a folder of it, and how far looking is. */

import { FolderPlus, RefreshCw, Search, X } from 'lucide-react';
import type { LibraryPlace } from '../../shared/library.ts';
import { useAppStore } from '../app/use-store.ts';
import { formatCount } from '../design/format.ts';
import { type LibraryStore, useLibrary } from './library-store.ts';
import { LibraryTree } from './LibraryTree.tsx';
import { WHY_OMITTED } from './words.ts';

export function LibraryPart() {
  const [library, snapshot] = useLibrary();
  const app = useAppStore();
  const { places, rows, current } = snapshot;
  if (places.length === 0) return null;
  const place = (rows.find(({ node }) => node.id === current) ?? rows[0])?.node.place;
  return (
    <section className="side-part" aria-label="Library">
      <div className="library-head">
        <h2 className="side-title">Library</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Search all archives"
          title="Search all archives (Ctrl+Shift+F)"
          onClick={() => app.searchEverywhere('')}
        >
          <Search size={14} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Open folder"
          title="Find the archives in one more folder"
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

/** For the folder that the tree's current line belongs to. */
function PlaceButtons({ library, place }: PlaceProps) {
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={`Look again in ${place.name}`}
        title={`Look again in ${place.name}`}
        disabled={place.looking !== null}
        onClick={() => library.lookAgain(place)}
      >
        <RefreshCw size={14} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${place.name} from the library`}
        title={`Remove ${place.name} from the library. No file is touched.`}
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
      <div className="library-note" role="status">
        <span>
          Looking through {name}… {formatCount(looking.files, 'file')},{' '}
          {formatCount(place.archives.length, 'archive')}
        </span>
        <button type="button" className="link" onClick={() => library.stopLooking(place)}>
          Stop
        </button>
      </div>
    );
  }
  if (error) return <p className="library-note">{error.sentence}</p>;
  if (omitted.length === 0) return null;
  return (
    <details className="library-note">
      <summary>
        {formatCount(omitted.length, 'place')} in {name} not looked into
      </summary>
      <ul>
        {omitted.map(({ path, why }) => (
          <li key={`${path} ${why}`} title={path}>
            <span className="path">{path}</span> {WHY_OMITTED[why]}
          </li>
        ))}
      </ul>
    </details>
  );
}
