/** Above the message: as what it is seen, in which character set, how large; looking for words in it. */

import { Search } from 'lucide-react';
import { CHARSETS } from '../../shared/charsets.ts';
import type { ReaderView } from '../../shared/reader-contract.ts';
import { ZOOM_USUAL } from '../../shared/reader-contract.ts';
import { useAppStore, useReader } from '../app/use-store.ts';
import { contextOf } from '../command/command.ts';
import { shownKey } from '../command/keys.ts';
import { commandNamed, perform } from '../command/registry.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { say } from '../../shared/language/say.ts';

const VIEWS = ['html', 'text', 'headers', 'source'] as const;

interface Props {
  readonly store: ArchiveStore;
  /** What is seen: not always what a person likes best. */
  readonly view: ReaderView;
  readonly html: 'there' | 'none';
  /** The character set chosen for this message; empty for its own. */
  readonly charset: string;
  /** Its own, by name. */
  readonly own: string;
}

export function ReaderBar({ store, view, html, charset, own }: Props) {
  const app = useAppStore();
  const [reader, { settings }] = useReader();
  const titleOf = (name: string): string => {
    const { label, keys } = commandNamed(name);
    return keys[0]
      ? say('command.withKey', { command: say(label), key: shownKey(keys[0], app.bridge.platform) })
      : say(label);
  };
  return (
    <div className="reader-bar">
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together, no fields */}
      <div className="segments" role="group" aria-label={say('readerBar.as')}>
        {VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={view === one}
            disabled={one === 'html' && html === 'none'}
            title={
              one === 'html' && html === 'none' ? say('readerBar.noHtml') : titleOf(`view-${one}`)
            }
            onClick={() => reader.see(one)}
          >
            {say(`readerBar.${one}`)}
          </button>
        ))}
      </div>
      <span className="stretch" />
      {settings.zoom !== ZOOM_USUAL && (
        <button
          type="button"
          className="small-button"
          title={titleOf('usual-size')}
          onClick={() => reader.zoom(0)}
        >
          {say('readerBar.zoom', { percent: settings.zoom })}
        </button>
      )}
      <select
        className="charset"
        aria-label={say('readerBar.charset')}
        title={say('readerBar.charsetOf')}
        value={charset}
        onChange={(event) => store.reader.readIn(event.target.value)}
      >
        <option value="">
          {own === '' ? say('readerBar.automatic') : say('readerBar.automaticly', { name: own })}
        </option>
        {CHARSETS.map(({ script, names }) => (
          <optgroup key={script} label={say(`script.${script}`)}>
            {names.map((name) => (
              <option key={name} value={name} translate="no">
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <button
        type="button"
        className="icon-button"
        aria-label={say('find.words')}
        title={titleOf('find')}
        onClick={() => perform(commandNamed('find'), contextOf(app))}
      >
        <Search size={16} aria-hidden />
      </button>
    </div>
  );
}
