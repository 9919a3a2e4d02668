/** One search over all archives: its box, how far it is, what it found, and what it could not search. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { announce } from '../announce/announcements.ts';
import { useApp, useAppStore, usePreferences } from '../app/use-store.ts';
import { formatList } from '../design/format.ts';
import { useLibrary } from '../library/library-store.ts';
import { WordsContext } from '../search/Highlighted.tsx';
import { QueryField } from '../search/QueryField.tsx';
import { useCompleting } from '../search/use-completing.ts';
import { askedOf, type EverywhereSnapshot, lacksTexts, type Searched } from './everywhere-store.ts';
import { namesTogether } from './names-together.ts';
import { ResultList } from './ResultList.tsx';
import { targetsOf } from './targets.ts';
import { RESULT_ORDERS } from '../../shared/preferences.ts';
import { say } from '../../shared/language/say.ts';
import { errorInWords } from '../language/error-words.ts';

export function EverywherePane() {
  const app = useAppStore();
  const { everywhere, active } = app;
  const snapshot = useSyncExternalStore(everywhere.subscribe, everywhere.snapshot);
  const [, { places }] = useLibrary();
  const open = useApp().archives;
  const targets = targetsOf(places, open);
  const { text, archives, query } = snapshot;
  const answer = archives.find(({ found }) => found?.answer)?.found?.answer;
  const field = useRef<HTMLInputElement>(null);
  const change = (wanted: string): void => {
    everywhere.type(wanted);
    field.current?.focus();
  };
  const names = useMemo(
    () => namesTogether(open.flatMap(({ store }) => (store ? [store.picture.names] : []))),
    [open],
  );
  const completing = useCompleting(names, field, change);
  // Before the next key, which belongs there.
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <section className="everywhere" aria-label={say('everywhere.title')}>
      <header className="everywhere-head">
        <div className="everywhere-title">
          <h1>{say('everywhere.title')}</h1>
          {active && (
            <button type="button" className="link" onClick={() => app.activate(active.id)}>
              {say('everywhere.back', { archive: active.name })}
            </button>
          )}
        </div>
        <form
          className="everywhere-form"
          onSubmit={(event) => {
            event.preventDefault();
            completing.close();
            void everywhere.search(targets);
          }}
        >
          <div className="everywhere-field">
            <QueryField
              name="everywhere"
              label={say('everywhere.title')}
              field={field}
              text={text}
              hints={answer && askedOf(text) === query ? answer.hints : NO_HINTS}
              completing={completing}
              onType={(typed) => everywhere.type(typed)}
              onChange={change}
              onKey={({ key }) => {
                if (key !== 'Escape' || text === '') return false;
                everywhere.type('');
                return true;
              }}
            />
          </div>
          <button type="submit" className="button button-prominent" disabled={text.trim() === ''}>
            {say('everywhere.search', { archives: targets.length })}
          </button>
        </form>
        <Progress snapshot={snapshot} />
      </header>
      <WordsContext value={answer?.words ?? NO_WORDS}>
        <ResultList snapshot={snapshot} />
      </WordsContext>
    </section>
  );
}

const NO_WORDS = [] as const;
const NO_HINTS = [] as const;

/** How far it is, or what it came to, and what can be done then. */
function Progress({ snapshot: { state, archives } }: { readonly snapshot: EverywhereSnapshot }) {
  const { everywhere } = useAppStore();
  const summary = state === 'none' ? '' : summaryOf(state, archives);
  // Which archive is being searched is seen; what it came to is said.
  useEffect(() => {
    if (state === 'over') announce(summary);
  }, [state, summary]);
  if (state === 'none') {
    return <p className="quiet">{say('everywhere.how')}</p>;
  }
  const done = archives.filter((one) => one.state !== 'waiting' && one.state !== 'searching');
  const share = archives.reduce((sum, one) => sum + shareOf(one), 0) / Math.max(1, archives.length);
  const texts = archives.filter(({ found }) => lacksTexts(found)).length;
  return (
    <div className="everywhere-state">
      <p role="status" aria-live="off">
        {summary}
      </p>
      {state === 'running' && (
        <>
          <progress
            value={share}
            max={1}
            aria-label={say('everywhere.progress', {
              done: done.length,
              archives: archives.length,
            })}
          />
          <button type="button" className="small-button" onClick={() => everywhere.cancel()}>
            {say('button.stop')}
          </button>
        </>
      )}
      {state === 'over' && texts > 0 && (
        <button
          type="button"
          className="small-button"
          onClick={() => void everywhere.searchTexts()}
        >
          {say('everywhere.texts', { archives: texts })}
        </button>
      )}
      <NotSearched archives={archives} />
      {archives.some(({ found }) => (found?.messages ?? 0) > 0) && <OrderChoice />}
    </div>
  );
}

/** Whether messages stand by archive, or all by date. */
function OrderChoice() {
  const { preferences } = useAppStore();
  const { results } = usePreferences().preferences;
  return (
    <fieldset className="choice everywhere-order">
      <legend className="unseen">{say('everywhere.order')}</legend>
      {RESULT_ORDERS.map((one) => (
        <button
          key={one}
          type="button"
          className={one === results ? 'choice-on' : ''}
          aria-pressed={one === results}
          onClick={() => preferences.prefer({ results: one })}
        >
          {say(`everywhere.by.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}

function shareOf({ state, share }: Searched): number {
  if (state === 'waiting') return 0;
  return state === 'searching' ? share : 1;
}

function summaryOf(state: EverywhereSnapshot['state'], archives: readonly Searched[]): string {
  const found = archives.filter((one) => (one.found?.messages ?? 0) > 0);
  const messages = found.reduce((sum, one) => sum + (one.found?.messages ?? 0), 0);
  const what = { messages, archives: found.length };
  if (state === 'over') {
    const stopped = archives.some((one) => one.state === 'stopped');
    return say(stopped ? 'everywhere.stopped' : 'everywhere.found', what);
  }
  const searching = archives.filter((one) => one.state === 'searching').map(({ name }) => name);
  return searching.length === 0
    ? say('everywhere.found', what)
    : say('everywhere.searching', { ...what, names: formatList(searching) });
}

/** What could not be searched, or not whole, and why. */
function NotSearched({ archives }: { readonly archives: readonly Searched[] }) {
  const [open, setOpen] = useState(false);
  const not = archives.flatMap(({ path, name, state, error, found }) => {
    if (state === 'failed') return [{ path, name, why: error ? errorInWords(error) : '' }];
    return found && found.partly !== '' ? [{ path, name, why: found.partly }] : [];
  });
  if (not.length === 0) return null;
  return (
    <details
      className="everywhere-not"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{say('everywhere.not', { archives: not.length })}</summary>
      <ul>
        {not.map(({ path, name, why }) => (
          <li key={path} title={path}>
            <strong translate="no">{name}</strong> {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
