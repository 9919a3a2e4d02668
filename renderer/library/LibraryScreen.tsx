/** What stands where the list would while archives are in the library and none is open. */

import { FolderOpen, FolderSearch, LoaderCircle } from 'lucide-react';
import { useAppStore } from '../app/use-store.ts';
import { formatCount } from '../design/format.ts';
import { useLibrary } from './library-store.ts';

export function LibraryScreen() {
  const app = useAppStore();
  const [library, { places }] = useLibrary();
  const looking = places.filter((place) => place.looking);
  const count = places.reduce((sum, { archives }) => sum + archives.length, 0);
  const says =
    count === 0
      ? 'No mail archive (mbox, MMDF or Babyl) was found in this folder. Mail that is kept in a file for each message is none.'
      : 'Choose one in the sidebar to see what is in it.';
  return (
    <div className="screen" data-screen="library" aria-busy={looking.length > 0}>
      {looking.length > 0 ? (
        <LoaderCircle size={36} className="turning" aria-hidden />
      ) : (
        <FolderSearch size={36} aria-hidden />
      )}
      <h1>
        {looking.length > 0
          ? `Looking for archives in ${looking.map(({ name }) => name).join(', ')}`
          : `${formatCount(count, 'archive')} in your library`}
      </h1>
      <p>
        {looking.length > 0
          ? `${formatCount(count, 'archive')} found so far. You can open them meanwhile.`
          : says}
      </p>
      <div className="welcome-buttons">
        <button type="button" className="button" onClick={() => library.openFolder()}>
          <FolderSearch size={16} />
          Open folder
        </button>
        <button type="button" className="button" onClick={() => app.open()}>
          <FolderOpen size={16} />
          Open a file
        </button>
      </div>
    </div>
  );
}
