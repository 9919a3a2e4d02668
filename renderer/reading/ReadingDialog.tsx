/**
 * "How this archive is read": format, rule and dialect in plain words, and every line that could be
 * read otherwise. What a person decides here reads the archive again and is remembered; the file
 * itself is never changed by it.
 */

import { useEffect, useId, useRef } from 'react';
import { type Dialect, RULES as RULE_NAMES, type Rule } from '../../shared/dialect-report.ts';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { focusOnList } from '../list/list-element.ts';
import { TaskProgress } from '../status/TaskProgress.tsx';
import { DoubtfulLines } from './DoubtfulLines.tsx';
import { FORMATS, LINE_ENDS, MEMORIES, QUOTINGS, RULES } from './words.ts';

function Explained({ dialect }: { readonly dialect: Dialect }) {
  return (
    <dl className="explained">
      <dt>Format</dt>
      <dd>{FORMATS[dialect.format]}</dd>
      <dt>Line ends</dt>
      <dd>{LINE_ENDS[dialect.lineEnd]}</dd>
      {dialect.format === 'mbox' && (
        <>
          <dt>“From ” in texts</dt>
          <dd>{QUOTINGS[dialect.quoting]}</dd>
        </>
      )}
    </dl>
  );
}

interface RuleChoiceProps {
  readonly rule: Rule;
  readonly onChoose: (rule: Rule) => void;
}

function RuleChoice({ rule, onChoose }: RuleChoiceProps) {
  const name = useId();
  return (
    <fieldset className="rules">
      <legend>Read as</legend>
      {RULE_NAMES.map((one) => (
        <div key={one} className="rule">
          <input
            type="radio"
            id={`${name}-${one}`}
            name={name}
            aria-describedby={`${name}-${one}-what`}
            checked={one === rule}
            onChange={() => onChoose(one)}
          />
          <div>
            <label htmlFor={`${name}-${one}`}>{RULES[one].name}</label>
            <p id={`${name}-${one}-what`} className="quiet">
              {RULES[one].what}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}

function Report({
  store,
  onShown,
}: {
  readonly store: ArchiveStore;
  readonly onShown: () => void;
}) {
  const { dialect, rereading, status } = useArchive(store);
  if (!dialect) return <p className="quiet">Looking…</p>;
  return (
    <>
      <Explained dialect={dialect} />
      {dialect.format === 'mbox' && (
        <RuleChoice
          rule={dialect.rule}
          onChoose={(rule) => !rereading && void store.dialect.readAs(rule)}
        />
      )}
      <h3 aria-live="polite">
        {formatCount(status?.messages ?? 0, 'message')},{' '}
        {formatCount(
          dialect.doubtful,
          'line that could be read otherwise',
          'lines that could be read otherwise',
        )}
      </h3>
      <DoubtfulLines
        dialect={dialect}
        possible={!rereading}
        onOverrule={(line, reading) => void store.dialect.overrule(line, reading)}
        onShow={(line) => {
          onShown();
          void store.goTo({ offset: line.offset });
          focusOnList();
        }}
      />
      {dialect.overrulings > 0 && (
        <p className="quiet">
          The same line with the same text behind it is read alike wherever it stands.
        </p>
      )}
      {dialect.memory !== 'none' && <p className="quiet">{MEMORIES[dialect.memory]}</p>}
    </>
  );
}

export function ReadingDialog({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { error, tasks } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  /** What went wrong before is told in the window, not here. */
  const errorBefore = useRef(error);
  const title = useId();

  useEffect(() => {
    dialog.current?.showModal();
    store.dialect.open();
    return () => store.dialect.close();
  }, [store]);

  return (
    <dialog
      ref={dialog}
      className="dialog reading"
      aria-labelledby={title}
      onClose={() => app.hide('reading')}
    >
      <h2 id={title}>How this archive is read</h2>
      <div className="reading-body">
        {error && error !== errorBefore.current && (
          <p role="alert" className="reading-error">
            {error.sentence}
          </p>
        )}
        <Report store={store} onShown={() => dialog.current?.close()} />
      </div>
      <div className="dialog-buttons">
        {tasks.map((task) => (
          <TaskProgress key={task.task} task={task} onCancel={() => store.cancel(task.task)} />
        ))}
        <span className="stretch" />
        <button
          type="button"
          className="button button-prominent"
          onClick={() => dialog.current?.close()}
        >
          Close
        </button>
      </div>
    </dialog>
  );
}
