/** What stands where the list would while archives are in the library and none is open. */

import { FolderOpen, FolderSearch, LoaderCircle } from 'lucide-react';
import { useAppStore } from '../app/use-store.ts';
import { useLibrary } from './library-store.ts';
import { say } from '../../shared/language/say.ts';

export function LibraryScreen() {
  const app = useAppStore();
  const [library, { places }] = useLibrary();
  const looking = places.filter((place) => place.looking);
  const count = places.reduce((sum, { archives }) => sum + archives.length, 0);
  const says = say(count === 0 ? 'library.none' : 'library.choose');
  return (
    <div className="screen" data-screen="library" aria-busy={looking.length > 0}>
      {looking.length > 0 ? (
        <LoaderCircle size={36} className="turning" aria-hidden />
      ) : (
        <FolderSearch size={36} aria-hidden />
      )}
      <h1>
        {looking.length > 0
          ? say('library.lookingIn', { names: looking.map(({ name }) => name).join(', ') })
          : say('library.amount', { archives: count })}
      </h1>
      <p>{looking.length > 0 ? say('library.soFar', { archives: count }) : says}</p>
      <div className="welcome-buttons">
        <button type="button" className="button" onClick={() => library.openFolder()}>
          <FolderSearch size={16} />
          {say('button.openFolder')}
        </button>
        <button type="button" className="button" onClick={() => app.open()}>
          <FolderOpen size={16} />
          {say('library.openFile')}
        </button>
      </div>
    </div>
  );
}
