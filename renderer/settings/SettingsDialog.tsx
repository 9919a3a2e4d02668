/** What a person can choose for the app as a whole. Every choice holds at once. */

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useAppStore, usePreferences, useReader } from '../app/use-store.ts';
import { formatCount } from '../design/format.ts';
import type { Preferences } from '../../shared/preferences.ts';

const THEMES: Readonly<Record<Preferences['theme'], string>> = {
  system: 'As the system has it',
  light: 'Light',
  dark: 'Dark',
};

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="settings-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint: string;
  readonly state: 'on' | 'off';
  readonly onTurn: (state: 'on' | 'off') => void;
}

function Switch({ label, hint, state, onTurn }: SwitchProps) {
  const described = useId();
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={state === 'on'}
        aria-describedby={described}
        aria-label={label}
        onChange={(event) => onTurn(event.target.checked ? 'on' : 'off')}
      />
      <span>
        {label}
        <small id={described} className="quiet">
          {hint}
        </small>
      </span>
    </label>
  );
}

function Looks() {
  const { preferences } = useAppStore();
  const { theme } = usePreferences().preferences;
  return (
    <Part title="Looks">
      <div className="settings-choices">
        {Object.entries(THEMES).map(([name, label]) => (
          <label key={name} className="check">
            <input
              type="radio"
              name="theme"
              checked={theme === name}
              onChange={() => preferences.prefer({ theme: name as Preferences['theme'] })}
            />
            {label}
          </label>
        ))}
      </div>
    </Part>
  );
}

function Pictures() {
  const [reader, { settings }] = useReader();
  const senders = settings.pictureSenders.length;
  return (
    <Part title="Remote pictures">
      <p>
        Pictures that a message would fetch from the network stay out until you ask for them,
        because they tell the sender that, when and where you read it.
      </p>
      <p className="settings-line">
        <span>
          {senders === 0
            ? 'No sender’s pictures are always shown.'
            : `Always shown for ${formatCount(senders, 'sender')}.`}
        </span>
        <button
          type="button"
          className="button"
          disabled={senders === 0}
          onClick={() => reader.forgetPictureSenders()}
        >
          Ask again for all
        </button>
      </p>
    </Part>
  );
}

export function SettingsDialog() {
  const app = useAppStore();
  const { preferences } = usePreferences();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const prefer = (change: Partial<Preferences>): void => app.preferences.prefer(change);

  return (
    <dialog
      ref={dialog}
      className="dialog settings"
      aria-labelledby={title}
      onClose={() => app.hide('settings')}
    >
      <h2 id={title}>Settings</h2>
      <Looks />
      <Part title="Starting and ending">
        <Switch
          label="Go on where I stopped"
          hint="Opens the archives that were open, at the message and in the order in which you left them."
          state={preferences.start === 'restore' ? 'on' : 'off'}
          onTurn={(to) => prefer({ start: to === 'on' ? 'restore' : 'empty' })}
        />
        <Switch
          label="Tell me when long work is done"
          hint="With a notice of the system, while another program is in front."
          state={preferences.notices}
          onTurn={(notices) => prefer({ notices })}
        />
      </Part>
      <Pictures />
      <Part title="Deleting">
        <Switch
          label="Keep a copy of what a compaction removes"
          hint="It can then be undone. You are asked each time; this is what is chosen at first."
          state={preferences.copy === 'keep' ? 'on' : 'off'}
          onTurn={(to) => prefer({ copy: to === 'on' ? 'keep' : 'none' })}
        />
        <p className="settings-line">
          <span>Steps that remove something are explained where you take them.</span>
          <button
            type="button"
            className="button"
            disabled={preferences.explained.length === 0}
            onClick={() => prefer({ explained: [] })}
          >
            Explain again
          </button>
        </p>
      </Part>
      <div className="dialog-buttons">
        <button
          type="button"
          className="button button-prominent"
          onClick={() => dialog.current?.close()}
        >
          Done
        </button>
      </div>
    </dialog>
  );
}
