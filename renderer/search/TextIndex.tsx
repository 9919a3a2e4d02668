/** The index of an archive's texts: how far it is, what it takes, and what can be done about it. */

import { useId } from 'react';
import type { IndexOrder, IndexState } from '../../shared/index-state.ts';
import { useArchive } from '../app/use-store.ts';
import { formatBytes, formatWait } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { useIndexChoice } from './index-choice.ts';

/** How much of the texts is indexed; never all of them before it is so. */
export function percentIndexed({ covered, total }: IndexState): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 100);
}

interface Words {
  readonly says: string;
  readonly more: string;
  readonly orders: readonly (readonly [IndexOrder, string])[];
}

function wordsOf(texts: IndexState): Words {
  const percent = `${percentIndexed(texts)} %`;
  const size = formatBytes(texts.bytesExpected);
  const taken = `${formatBytes(texts.bytesOnDisk)} in your cache folder`;
  switch (texts.state) {
    case 'off':
      return {
        says: 'Not indexed',
        more: `Words in texts are found by reading every message. An index would take about ${size}.`,
        orders: [['resume', 'Index texts']],
      };
    case 'waiting':
      return {
        says: 'Waiting until the archive has been read',
        more: '',
        orders: [['pause', 'Pause']],
      };
    case 'building': {
      const left = texts.secondsLeft === null ? '' : `${formatWait(texts.secondsLeft)} left · `;
      return {
        says: `Texts indexed: ${percent}`,
        more: `${left}about ${size} when done`,
        orders: [['pause', 'Pause']],
      };
    }
    case 'paused':
      return {
        says: `Paused. Texts indexed: ${percent}`,
        more: taken,
        orders: [
          ['resume', 'Go on'],
          ['drop', 'Remove'],
        ],
      };
    case 'elsewhere':
      return { says: `Texts indexed: ${percent}`, more: 'Another Mailkeep is at it.', orders: [] };
    case 'complete':
      return { says: 'All texts indexed', more: taken, orders: [['drop', 'Remove']] };
    case 'failed':
      return {
        says: 'Not all texts are indexed',
        more: texts.why,
        orders: [['resume', 'Try again']],
      };
  }
}

function Bar({ texts }: { readonly texts: IndexState }) {
  const percent = percentIndexed(texts);
  return (
    <div
      role="progressbar"
      className="bar"
      aria-label="Texts indexed"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      tabIndex={-1}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}

export function TextIndex({ store }: { readonly store: ArchiveStore }) {
  const { status } = useArchive(store);
  const [choice, isChosen] = useIndexChoice();
  const hint = useId();
  // What is expanded anew each time is not worth an index.
  if (!status || status.packed !== null || status.messages === 0) return null;
  const { texts } = status;
  const { says, more, orders } = wordsOf(texts);
  return (
    <section className="side-part text-index" aria-label="Text index">
      <h2 className="side-title">Text index</h2>
      <p>{says}</p>
      {(texts.state === 'building' || texts.state === 'elsewhere') && <Bar texts={texts} />}
      {more !== '' && <p className="quiet">{more}</p>}
      {orders.length > 0 && (
        <p className="text-index-orders">
          {orders.map(([order, label]) => (
            <button
              key={order}
              type="button"
              className="small-button"
              onClick={() => void store.indexTexts(order)}
            >
              {label}
            </button>
          ))}
        </p>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={isChosen}
          aria-describedby={hint}
          onChange={(event) => choice.choose(event.target.checked)}
        />
        Index archives that I open
      </label>
      <p id={hint} className="quiet">
        It stays on this computer, in your cache folder, and holds the words of your mail. It is
        made in the background and makes searching texts quick.
      </p>
    </section>
  );
}
