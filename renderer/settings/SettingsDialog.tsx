/** What a person can choose for the app as a whole. Every choice holds at once. */

import { useId } from 'react';
import { useAppStore, usePreferences, useReader } from '../app/use-store.ts';
import { PanelDialog } from '../dialog/PanelDialog.tsx';
import { useIndexChoice } from '../search/index-choice.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { LANGUAGE_TAGS, LANGUAGES } from '../../shared/language/languages.ts';
import { say } from '../../shared/language/say.ts';
import { Choices } from './Choices.tsx';
import { ListPart } from './ListPart.tsx';
import { Part } from './Part.tsx';
import { WidthChoice } from './WidthChoice.tsx';

const THEMES = ['system', 'light', 'dark'] as const;

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

/** Widths of panes that are offered, in CSS pixels, within what dragging allows. */
const SIDE_OFFERED: readonly number[] = [180, 210, 250, 300, 350, 400];
const READER_OFFERED: readonly number[] = [300, 350, 400, 500, 600, 700];

function Looks() {
  const { preferences } = useAppStore();
  const {
    preferences: { theme },
    panes: { side, reader },
  } = usePreferences();
  return (
    <Part title={say('settings.looks')}>
      <Choices
        group="theme"
        names={THEMES}
        chosen={theme}
        called={(name) => say(`settings.theme.${name}`)}
        onChoose={(name) => preferences.prefer({ theme: name })}
      />
      <div className="settings-widths">
        <WidthChoice
          label={say('panes.sidebarWidth')}
          chosen={side}
          offered={SIDE_OFFERED}
          onChoose={(pixels) => preferences.resize({ side: pixels })}
        />
        <WidthChoice
          label={say('panes.messageWidth')}
          chosen={reader}
          offered={READER_OFFERED}
          onChoose={(pixels) => preferences.resize({ reader: pixels })}
        />
      </div>
    </Part>
  );
}

function LanguageChoices() {
  const { preferences } = useAppStore();
  const { language } = usePreferences().preferences;
  return (
    <Part title={say('settings.language')}>
      <select
        aria-label={say('settings.language')}
        value={language}
        onChange={(event) => {
          const chosen = LANGUAGE_TAGS.find((tag) => tag === event.target.value) ?? 'system';
          preferences.prefer({ language: chosen });
        }}
      >
        <option value="system">{say('settings.language.system')}</option>
        {LANGUAGES.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag} translate="no">
            {name}
          </option>
        ))}
      </select>
    </Part>
  );
}

function Pictures() {
  const [reader, { settings }] = useReader();
  const senders = settings.pictureSenders.length;
  return (
    <Part title={say('settings.pictures')}>
      <p>{say('settings.picturesWhy')}</p>
      <p className="settings-line">
        <span>{say('settings.pictureSenders', { senders })}</span>
        <button
          type="button"
          className="button"
          disabled={senders === 0}
          onClick={() => reader.forgetPictureSenders()}
        >
          {say('settings.askAgain')}
        </button>
      </p>
    </Part>
  );
}

function Searching() {
  const [choice, isChosen] = useIndexChoice();
  return (
    <Part title={say('settings.searching')}>
      <Switch
        label={say('settings.index')}
        hint={say('settings.indexHint')}
        state={isChosen ? 'on' : 'off'}
        onTurn={(to) => choice.choose(to === 'on')}
      />
    </Part>
  );
}

export function SettingsDialog() {
  const app = useAppStore();
  const { preferences } = usePreferences();
  const prefer = (change: Partial<Preferences>): void => app.preferences.prefer(change);

  return (
    <PanelDialog
      title={say('settings.title')}
      className="settings"
      button="button.done"
      onClose={() => app.hide('settings')}
    >
      <Looks />
      <ListPart />
      <LanguageChoices />
      <Part title={say('settings.startAndEnd')}>
        <Switch
          label={say('settings.restore')}
          hint={say('settings.restoreHint')}
          state={preferences.start === 'restore' ? 'on' : 'off'}
          onTurn={(to) => prefer({ start: to === 'on' ? 'restore' : 'empty' })}
        />
        <Switch
          label={say('settings.notices')}
          hint={say('settings.noticesHint')}
          state={preferences.notices}
          onTurn={(notices) => prefer({ notices })}
        />
      </Part>
      <Searching />
      <Part title={say('settings.keys')}>
        <Switch
          label={say('settings.letters')}
          hint={say('settings.lettersHint')}
          state={preferences.letters}
          onTurn={(letters) => prefer({ letters })}
        />
      </Part>
      <Pictures />
      <Part title={say('settings.deleting')}>
        <Switch
          label={say('settings.copy')}
          hint={say('settings.copyHint')}
          state={preferences.copy === 'keep' ? 'on' : 'off'}
          onTurn={(to) => prefer({ copy: to === 'on' ? 'keep' : 'none' })}
        />
        <p className="settings-line">
          <span>{say('settings.explained')}</span>
          <button
            type="button"
            className="button"
            disabled={preferences.explained.length === 0}
            onClick={() => prefer({ explained: [] })}
          >
            {say('settings.explainAgain')}
          </button>
        </p>
      </Part>
    </PanelDialog>
  );
}
