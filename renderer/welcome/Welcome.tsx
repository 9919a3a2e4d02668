/**
 * The empty window: what this is, and how to begin: a file, the sample archive, or one that was open
 * before.
 */

import { Clock, FolderOpen, FolderSearch, Sparkles } from 'lucide-react';
import { useApp, useAppStore } from '../app/use-store.ts';
import { Where } from './Where.tsx';
import { formatDay } from '../design/format.ts';
import { say } from '../../shared/language/say.ts';

export function Welcome() {
  const app = useAppStore();
  const { recent } = useApp();
  return (
    <main className="welcome" data-screen="welcome">
      <div className="welcome-card">
        <Emblem />
        <h1>{say('welcome.title')}</h1>
        <p className="quiet">{say('welcome.about')}</p>
        <div className="welcome-buttons">
          <button
            type="button"
            className="button button-prominent button-large"
            onClick={() => app.open()}
          >
            <FolderOpen size={18} />
            {say('button.open')}
          </button>
          <button
            type="button"
            className="button button-large"
            onClick={() => app.library.openFolder()}
          >
            <FolderSearch size={18} />
            {say('button.openFolder')}
          </button>
          <button type="button" className="button button-large" onClick={() => app.openSample()}>
            <Sparkles size={18} />
            {say('welcome.sample')}
          </button>
        </div>
        <p className="quiet">{say('welcome.drop')}</p>
        <Where />
        {recent.length > 0 && (
          <section className="recent" aria-label={say('welcome.recentRegion')}>
            <h2 className="side-title">
              <Clock size={13} aria-hidden /> {say('welcome.recent')}
            </h2>
            <ul>
              {recent.map(({ path, name, opened }) => (
                <li key={path}>
                  <button type="button" onClick={() => app.openRecent(path)} title={path}>
                    <span className="recent-name" translate="no">
                      {name}
                    </span>
                    <span className="recent-path" translate="no">
                      {path}
                    </span>
                    <span className="quiet" translate="no">
                      {formatDay(opened)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}

/** Envelopes in a drawer: our mark. */
function Emblem() {
  return (
    <svg className="emblem" viewBox="0 0 96 80" aria-hidden="true">
      <rect className="emblem-back" x="20" y="4" width="56" height="40" rx="4" />
      <rect className="emblem-middle" x="14" y="14" width="68" height="44" rx="5" />
      <path className="emblem-line" d="M16 18 48 40 80 18" />
      <path
        className="emblem-front"
        d="M6 40h22a4 4 0 0 1 4 4 4 4 0 0 0 4 4h24a4 4 0 0 0 4-4 4 4 0 0 1 4-4h22v28a6 6 0 0 1-6 6H12a6 6 0 0 1-6-6z"
      />
    </svg>
  );
}
