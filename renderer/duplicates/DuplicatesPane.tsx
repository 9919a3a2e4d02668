/**
 * What is in an archive more than once: found when asked for, shown group by group, with the copy that is
 * kept; the others are marked for deletion all at once, which can be undone until the archive is compacted.
 */

import { CircleCheck, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DuplicatesHow, KeptCopy } from '../../shared/duplicates-contract.ts';
import { useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { CopyList } from './CopyList.tsx';

const HOW: Readonly<Record<DuplicatesHow, { readonly name: string; readonly means: string }>> = {
  exact: {
    name: 'Exactly the same',
    means: 'One Message-ID, and one body to the last letter',
  },
  loose: {
    name: 'The same text',
    means: 'One Message-ID, or one sender, date and subject; spaces and line breaks may differ',
  },
};

const KEEP: Readonly<Record<KeptCopy, string>> = {
  first: 'The first in the file',
  last: 'The last in the file',
  most: 'With attachments or most headers',
  largest: 'The largest',
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
            <label key={one} className="copies-how">
              <input type="radio" name="how" checked={how === one} onChange={() => setHow(one)} />
              <span>
                <strong>{HOW[one].name}</strong>
                <span className="quiet">{HOW[one].means}</span>
              </span>
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
      <div className="screen">
        <Copy size={32} aria-hidden />
        <p>Only messages that may be copies are read. Looking changes nothing.</p>
      </div>
    );
  }
  const { groups, others, unmarked, looked } = duplicates;
  const more = status.messages - looked;
  const since = more > 0 ? ` ${formatCount(more, 'message')} came since.` : '';
  if (groups === 0) {
    return (
      <div className="screen" role="status">
        <CircleCheck size={32} aria-hidden />
        <p>No message is in the archive more than once.{since}</p>
      </div>
    );
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
          title={
            status.readOnly === ''
              ? 'Marks them; they are there until the archive is compacted'
              : status.readOnly
          }
          onClick={() => void store.picture.removeCopies()}
        >
          {unmarked.messages === 0
            ? 'Delete the other copies'
            : `Delete the other copies (${formatCount(unmarked.messages, 'message')}, ${formatBytes(unmarked.bytes)})`}
        </button>
      </div>
      <CopyList store={store} />
    </>
  );
}
