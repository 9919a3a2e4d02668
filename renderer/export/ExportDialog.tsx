/** Asks what to take out of an archive, and as what; where is then asked by the system's dialog. */

import { useEffect, useId, useRef, useState } from 'react';
import {
  DEFAULT_NAME,
  type ExportForm,
  type ExportOptions,
  isOneFile,
  NAME_WORDS,
} from '../../shared/export-contract.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { useAppStore, useArchive } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { formsFor } from './forms.ts';
import { exportMessages } from './take-away.ts';
import { listedOf, type What, WhichMessages } from './WhichMessages.tsx';
import { say } from '../../shared/language/say.ts';
import { Rich } from '../language/Rich.tsx';

type Change = (change: Partial<ExportOptions>) => void;

interface OptionsProps {
  readonly options: ExportOptions;
  readonly change: Change;
}

function NameOption({ options, change }: OptionsProps) {
  const about = useId();
  return (
    <label className="export-name">
      <span>{say(options.as === 'eml' ? 'export.names.files' : 'export.names.folders')}</span>
      <input
        type="text"
        value={options.name ?? DEFAULT_NAME}
        maxLength={200}
        required
        aria-describedby={about}
        onChange={(event) => change({ name: event.target.value })}
      />
      <small id={about} className="quiet" translate="no">
        {NAME_WORDS.map((word) => `{${word}}`).join(' ')}
      </small>
    </label>
  );
}

/** What can be said besides, for the form that is chosen. */
function MoreOptions({ options, change }: OptionsProps) {
  const { as, quoting, attachments } = options;
  const requotes = as === 'eml' || as === 'mboxrd' || as === 'maildir' || as === 'mh';
  const folders = attachments !== 'flat';
  return (
    <>
      {(as === 'eml' || (as === 'attachments' && folders)) && (
        <NameOption options={options} change={change} />
      )}
      {as === 'attachments' && (
        <label className="check">
          <input
            type="checkbox"
            checked={folders}
            onChange={() => change({ attachments: folders ? 'flat' : 'folders' })}
          />
          {say('export.folderEach')}
        </label>
      )}
      {requotes && (
        <label className="check">
          <input
            type="checkbox"
            checked={quoting !== 'keep'}
            onChange={() => change({ quoting: quoting === 'keep' ? 'undo' : 'keep' })}
          />
          <span>
            <Rich id="export.requote" values={[{ quoted: '>From', plain: 'From' }]} />
          </span>
        </label>
      )}
    </>
  );
}

interface FormsProps {
  readonly store: ArchiveStore;
  readonly as: ExportForm;
  readonly choose: (as: ExportForm) => void;
}

function Forms({ store, as, choose }: FormsProps) {
  const { status } = useArchive(store);
  return (
    <fieldset className="export-forms">
      <legend>{say('export.as')}</legend>
      <div className="export-as">
        {formsFor(status).map((form) => (
          <label key={form} className="rule">
            <input
              type="radio"
              name="as"
              checked={form === as}
              onChange={() => choose(form)}
              aria-describedby={`about-${form}`}
            />
            <span>
              {say(`export.form.${form}`)}
              <small id={`about-${form}`} className="quiet">
                {say(`export.about.${form}`)}
              </small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface Props {
  readonly archive: OpenArchive;
  readonly store: ArchiveStore;
}

export function ExportDialog({ archive, store }: Props) {
  const app = useAppStore();
  const { list } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  const [options, setOptions] = useState<ExportOptions>({ as: 'eml' });
  const selected = list.selected.messages;
  // Until a person says otherwise; the engine may not have answered yet what is selected.
  const [chosen, setWhat] = useState<What | null>(null);
  const what = chosen ?? (selected > 0 ? 'selected' : 'listed');
  const title = useId();
  const change: Change = (some) => setOptions({ ...options, ...some });

  useEffect(() => dialog.current?.showModal(), []);
  const amount = what === 'selected' ? selected : list.rows;
  const submit = (): void => {
    void exportMessages(app, archive, listedOf(what), options);
  };

  return (
    <dialog
      ref={dialog}
      className="dialog export"
      aria-labelledby={title}
      onClose={() => app.hide('export')}
    >
      <form method="dialog" onSubmit={submit}>
        <h2 id={title}>{say('export.title')}</h2>
        <WhichMessages legend={say('export.what')} list={list} what={what} choose={setWhat} />
        <Forms store={store} as={options.as} choose={(as) => change({ as })} />
        <MoreOptions options={options} change={change} />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {say('button.cancel')}
          </button>
          <button type="submit" className="button button-prominent" disabled={amount === 0}>
            {say(isOneFile(options.as) ? 'export.chooseFile' : 'export.chooseFolder')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
