/**
 * What is in an archive more than once: found when asked for, shown group by group, with the copy that is
 * kept; the others are marked for deletion all at once, which can be undone until the archive is compacted.
 */

import { CircleCheck, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DuplicatesHow, KeptCopy } from '../../shared/duplicates-contract.ts';
import { useArchive } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { CopyList } from './CopyList.tsx';
import { say } from '../../shared/language/say.ts';
import { Rich } from '../language/Rich.tsx';
import { engineText } from '../language/engine-text.ts';

const HOW: readonly DuplicatesHow[] = ['exact', 'loose'];
const KEEP: readonly KeptCopy[] = ['first', 'last', 'most', 'largest'];

export function DuplicatesPane({ store }: { readonly store: ArchiveStore }) {
  const { duplicates, tasks, status } = useArchive(store);
  const [how, setHow] = useState<DuplicatesHow>(duplicates?.how ?? 'exact');
  const [keep, setKeep] = useState<KeptCopy>(duplicates?.keep ?? 'first');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const finding = tasks.some(({ kind }) => kind === 'duplicates');
  const { picture } = store;
  return (
    <section className="overview" aria-label={say('duplicates.title')}>
      <header className="overview-head">
        <h1 ref={heading} tabIndex={-1}>
          {say('duplicates.title')}
        </h1>
        <span className="stretch" />
        <button type="button" className="button" onClick={() => picture.show('list')}>
          {say('button.backToList')}
        </button>
      </header>
      <div className="copies-form">
        <fieldset>
          <legend>{say('duplicates.same')}</legend>
          {HOW.map((one) => (
            <label key={one} className="copies-how">
              <input type="radio" name="how" checked={how === one} onChange={() => setHow(one)} />
              <span>
                <strong>{say(`duplicates.how.${one}`)}</strong>
                <span className="quiet">{say(`duplicates.means.${one}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label className="copies-keep">
          {say('duplicates.keep')}
          <select
            value={keep}
            onChange={(event) => {
              const chosen = KEEP.find((one) => one === event.target.value);
              if (!chosen) return;
              setKeep(chosen);
              if (duplicates) void picture.keepCopies(chosen);
            }}
          >
            {KEEP.map((one) => (
              <option key={one} value={one}>
                {say(`duplicates.keep.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className={duplicates ? 'button' : 'button button-prominent'}
          disabled={finding || status?.state !== 'ready'}
          onClick={() => void picture.findDuplicates(how, keep)}
        >
          {say(duplicates ? 'duplicates.findAgain' : 'duplicates.find')}
        </button>
      </div>
      <Found store={store} />
    </section>
  );
}

function Found({ store }: { readonly store: ArchiveStore }) {
  const { duplicates, status } = useArchive(store);
  if (!duplicates || !status) {
    return (
      <div className="screen">
        <Copy size={32} aria-hidden />
        <p>{say('duplicates.looking')}</p>
      </div>
    );
  }
  const { groups, others, unmarked, looked } = duplicates;
  const more = status.messages - looked;
  const since = more > 0 ? ` ${say('duplicates.since', { messages: more })}` : '';
  const copies = others.messages - unmarked.messages;
  if (groups === 0) {
    return (
      <div className="screen" role="status">
        <CircleCheck size={32} aria-hidden />
        <p>
          {say('duplicates.none')}
          {since}
        </p>
      </div>
    );
  }
  return (
    <>
      <div className="narrow-bar" role="group" aria-label={say('duplicates.bar')}>
        <span className="narrow-amount">
          <Rich
            id="duplicates.found"
            values={[{ groups, others: others.messages, size: formatBytes(others.bytes) }]}
          />
          {copies > 0 && ` ${say('duplicates.marked', { copies })}`}
          {since}
        </span>
        <span className="stretch" />
        <button
          type="button"
          className="small-button"
          onClick={() => {
            store.narrow('by', { by: 'duplicates', which: 'others' });
            store.picture.show('list');
          }}
        >
          {say('duplicates.show')}
        </button>
        <button
          type="button"
          className="small-button"
          disabled={unmarked.messages === 0 || status.readOnly !== ''}
          title={status.readOnly === '' ? say('duplicates.marks') : engineText(status.readOnly)}
          onClick={() => void store.picture.removeCopies()}
        >
          {unmarked.messages === 0
            ? say('duplicates.delete')
            : say('duplicates.deleteOf', {
                messages: unmarked.messages,
                size: formatBytes(unmarked.bytes),
              })}
        </button>
      </div>
      <CopyList store={store} />
    </>
  );
}
