/**
 * What is in an archive more than once: found when asked for, shown group by group, with the copy that is
 * kept; the others are marked for deletion all at once, which can be undone until the archive is compacted.
 */

import { useEffect, useRef, useState } from 'react';
import type { DuplicatesHow, KeptCopy } from '../../shared/duplicates-contract.ts';
import { useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { CopyList } from './CopyList.tsx';

const HOW: Readonly<Record<DuplicatesHow, string>> = {
  exact: 'Exactly the same: the same Message-ID and the same body, whatever its line ends',
  loose: 'The same text: from the same sender at the same time, or with the same Message-ID',
};

const KEEP: Readonly<Record<KeptCopy, string>> = {
  first: 'The first one in the file',
  last: 'The last one in the file',
  most: 'The one with attachments, or the longest header',
  largest: 'The largest one',
};

export function DuplicatesPane({ store }: { readonly store: ArchiveStore }) {
  const { duplicates, tasks, status } = useArchive(store);
  const [how, setHow] = useState<DuplicatesHow>(duplicates?.how ?? 'exact');
  const [keep, setKeep] = useState<KeptCopy>(duplicates?.keep ?? 'first');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const finding = tasks.some(({ kind }) => kind === 'duplicates');
  const { picture } = store;
  return (
    <section className="overview" aria-label="Duplicates">
      <header className="overview-head">
        <h1 ref={heading} tabIndex={-1}>
          Duplicates
        </h1>
        <span className="stretch" />
        <button type="button" className="button" onClick={() => picture.show('list')}>
          Back to the list
        </button>
      </header>
      <div className="copies-form">
        <fieldset>
          <legend>What counts as the same</legend>
          {(Object.keys(HOW) as DuplicatesHow[]).map((one) => (
            <label key={one} className="check">
              <input type="radio" name="how" checked={how === one} onChange={() => setHow(one)} />
              {HOW[one]}
            </label>
          ))}
        </fieldset>
        <label className="copies-keep">
          Keep of each
          <select
            value={keep}
            onChange={(event) => {
              const chosen = (Object.keys(KEEP) as KeptCopy[]).find(
                (one) => one === event.target.value,
              );
              if (!chosen) return;
              setKeep(chosen);
              if (duplicates) void picture.keepCopies(chosen);
            }}
          >
            {Object.entries(KEEP).map(([one, label]) => (
              <option key={one} value={one}>
                {label}
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
          {duplicates ? 'Find again' : 'Find duplicates'}
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
      <p className="copies-note quiet">
        Only messages that may be copies are read. Nothing is changed by looking.
      </p>
    );
  }
  const { groups, others, unmarked, looked } = duplicates;
  const more = status.messages - looked;
  const since = more > 0 ? ` ${formatCount(more, 'message')} came since.` : '';
  if (groups === 0) {
    return <p className="copies-note">No message is in the archive more than once.{since}</p>;
  }
  return (
    <>
      <div className="narrow-bar" role="group" aria-label="What was found">
        <span className="narrow-amount">
          <strong>{formatCount(groups, 'message')}</strong> {groups === 1 ? 'is' : 'are'} there more
          than once: {formatCount(others.messages, 'other copy', 'other copies')},{' '}
          {formatBytes(others.bytes)}.
          {others.messages > unmarked.messages &&
            ` ${formatCount(others.messages - unmarked.messages, 'is', 'are')} marked.`}
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
          Show the other copies in the list
        </button>
        <button
          type="button"
          className="small-button"
          disabled={unmarked.messages === 0 || status.readOnly !== ''}
          onClick={() => void store.picture.removeCopies()}
        >
          Mark the other copies ({formatCount(unmarked.messages, 'message')},{' '}
          {formatBytes(unmarked.bytes)})
        </button>
      </div>
      <CopyList store={store} />
    </>
  );
}
