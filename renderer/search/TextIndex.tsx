/** The index of an archive's texts: how far it is, what it takes, and what can be done about it. */

import type { IndexOrder, IndexState } from '../../shared/index-state.ts';
import { useArchive } from '../app/use-store.ts';
import { formatBytes, formatWait } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { type PlainId, say } from '../../shared/language/say.ts';

/** How much of the texts is indexed; never all of them before it is so. */
export function percentIndexed({ covered, total }: IndexState): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 100);
}

interface Words {
  readonly says: string;
  readonly more: string;
  readonly orders: readonly (readonly [IndexOrder, PlainId])[];
}

function wordsOf(texts: IndexState): Words {
  const percent = percentIndexed(texts);
  const size = formatBytes(texts.bytesExpected);
  const taken = say('index.taken', { size: formatBytes(texts.bytesOnDisk) });
  switch (texts.state) {
    case 'off':
      return {
        says: say('index.off'),
        more: say('index.offMore', { size }),
        orders: [['resume', 'index.begin']],
      };
    case 'waiting':
      return {
        says: say('index.waiting'),
        more: '',
        orders: [['pause', 'index.pause']],
      };
    case 'building': {
      const { secondsLeft } = texts;
      return {
        says: say('index.share', { percent }),
        more:
          secondsLeft === null
            ? say('index.whenDone', { size })
            : say('index.left', { wait: formatWait(secondsLeft), size }),
        orders: [['pause', 'index.pause']],
      };
    }
    case 'paused':
      return {
        says: say('index.paused', { percent }),
        more: taken,
        orders: [
          ['resume', 'index.goOn'],
          ['drop', 'index.remove'],
        ],
      };
    case 'elsewhere':
      return { says: say('index.share', { percent }), more: say('index.elsewhere'), orders: [] };
    case 'complete':
      return { says: say('index.complete'), more: taken, orders: [['drop', 'index.remove']] };
    case 'failed':
      return {
        says: say('index.failed'),
        more: texts.why,
        orders: [['resume', 'button.tryAgain']],
      };
  }
}

function Bar({ texts }: { readonly texts: IndexState }) {
  const percent = percentIndexed(texts);
  return (
    <div
      role="progressbar"
      className="bar"
      aria-label={say('index.bar')}
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
  // What is expanded anew each time is not worth an index.
  if (!status || status.packed !== null || status.messages === 0) return null;
  const { texts } = status;
  const { says, more, orders } = wordsOf(texts);
  return (
    <section className="side-part text-index" aria-label={say('index.title')}>
      <h2 className="side-title">{say('index.title')}</h2>
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
              {say(label)}
            </button>
          ))}
        </p>
      )}
    </section>
  );
}
