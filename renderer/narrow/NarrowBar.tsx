/**
 * Where a list shows a part of the archive: by what it is narrowed, each to be taken away; how much that
 * is; and what can be done with all of it.
 */

import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { contextOf, whyNot } from '../command/command.ts';
import { commandNamed, perform } from '../command/registry.ts';
import { formatBytes } from '../design/format.ts';
import { isPart } from '../engine/archive-picture.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { narrowingInWords } from './words.ts';
import { say } from '../../shared/language/say.ts';
import { Rich } from '../language/Rich.tsx';

/** Asks how much the list holds, and again whenever it may hold something else. */
function useListAmount(store: ArchiveStore): void {
  const { arrangement, changes, list } = useArchive(store);
  const { picture } = store;
  const part = isPart(arrangement);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with each of these
  useEffect(() => {
    if (part) picture.measure();
    else picture.forgetAmount();
  }, [picture, part, arrangement, changes, list.rows]);
}

function Amount({ store }: { readonly store: ArchiveStore }) {
  const { listAmount, arranging } = useArchive(store);
  if (!listAmount || arranging) return <span className="narrow-amount">{say('counting')}</span>;
  const { all, marked } = listAmount;
  return (
    <span className="narrow-amount">
      <Rich
        id="narrow.amount"
        values={[{ messages: all.messages, size: formatBytes(all.bytes) }]}
      />
      {marked.messages > 0 && ` · ${say('narrow.marked', { messages: marked.messages })}`}
    </span>
  );
}

function CommandButton({ name }: { readonly name: string }) {
  const app = useAppStore();
  const context = contextOf(app);
  const command = commandNamed(name);
  return (
    <button
      type="button"
      className="small-button"
      disabled={!command.when(context)}
      title={whyNot(command, context) || undefined}
      onClick={() => perform(command, contextOf(app))}
    >
      {say(command.label)}
    </button>
  );
}

export function NarrowBar({ store }: { readonly store: ArchiveStore }) {
  const { arrangement, pane, listAmount, arranging } = useArchive(store);
  useListAmount(store);
  if (!isPart(arrangement)) return null;
  const { narrowed = [] } = arrangement;
  // Where nothing is listed and nothing can be taken away, the place of the list says all there is to say.
  const isNothing = !arranging && listAmount?.all.messages === 0;
  if (isNothing && narrowed.length === 0 && pane === 'list') return null;
  return (
    <section className="narrow-bar" aria-label={say('narrow.bar')}>
      {narrowed.map((narrowing) => (
        <span key={narrowing.by} className="chip">
          <span>{narrowingInWords(narrowing)}</span>
          <button
            type="button"
            aria-label={say('narrow.noLonger', { narrowing: narrowingInWords(narrowing) })}
            onClick={() => store.narrow('not by', narrowing)}
          >
            <X size={13} />
          </button>
        </span>
      ))}
      <Amount store={store} />
      <span className="stretch" />
      {pane === 'overview' && <CommandButton name="show-list" />}
      <CommandButton name="delete-listed" />
    </section>
  );
}
