/**
 * "How this archive is read": format, rule and dialect in plain words, and every line that could be
 * read otherwise. What a person decides here reads the archive again and is remembered; the file
 * itself is never changed by it.
 */

import { useEffect, useId, useRef } from 'react';
import { type Dialect, RULES as RULE_NAMES, type Rule } from '../../shared/dialect-report.ts';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { PanelDialog } from '../dialog/PanelDialog.tsx';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { focusOnList } from '../list/list-element.ts';
import { TaskProgress } from '../status/TaskProgress.tsx';
import { DoubtfulLines } from './DoubtfulLines.tsx';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';

function Explained({ dialect }: { readonly dialect: Dialect }) {
  return (
    <dl className="explained">
      <dt>{say('reading.format')}</dt>
      <dd>{say(`reading.format.${dialect.format}`)}</dd>
      <dt>{say('reading.lineEnds')}</dt>
      <dd>{say(`reading.lineEnd.${dialect.lineEnd}`)}</dd>
      {dialect.format === 'mbox' && (
        <>
          <dt>{say('reading.quoting')}</dt>
          <dd>{say(`reading.quoting.${dialect.quoting}`)}</dd>
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
      <legend>{say('reading.as')}</legend>
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
            <label htmlFor={`${name}-${one}`}>{say(`rule.${one}`)}</label>
            <p id={`${name}-${one}-what`} className="quiet">
              {say(`rule.what.${one}`)}
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
  if (!dialect) return <p className="quiet">{say('reading.looking')}</p>;
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
        {say('reading.amount', { messages: status?.messages ?? 0, lines: dialect.doubtful })}
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
      {dialect.overrulings > 0 && <p className="quiet">{say('reading.alike')}</p>}
      {dialect.memory !== 'none' && (
        <p className="quiet">{say(`reading.memory.${dialect.memory}`)}</p>
      )}
    </>
  );
}

export function ReadingDialog({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { error, tasks } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  /** What went wrong before is told in the window, not here. */
  const errorBefore = useRef(error);

  useEffect(() => {
    store.dialect.open();
    return () => store.dialect.close();
  }, [store]);

  return (
    <PanelDialog
      ref={dialog}
      title={say('reading.title')}
      className="reading"
      button="button.close"
      beside={tasks.map((task) => (
        <TaskProgress key={task.task} task={task} onCancel={() => store.cancel(task.task)} />
      ))}
      onClose={() => app.hide('reading')}
    >
      {error && error !== errorBefore.current && (
        <p role="alert" className="reading-error">
          <ErrorText error={error} />
        </p>
      )}
      <Report store={store} onShown={() => dialog.current?.close()} />
    </PanelDialog>
  );
}
