/** How the list of messages looks: how close its rows stand, and how wide its columns are, without dragging. */

import { useId } from 'react';
import { DENSITIES, SIZED_COLUMNS, type SizedColumn } from '../../shared/preferences.ts';
import { say } from '../../shared/language/say.ts';
import { useAppStore, usePreferences } from '../app/use-store.ts';
import { Choices } from './Choices.tsx';
import { Part } from './Part.tsx';

/** In CSS pixels. */
const OFFERED: readonly number[] = [80, 120, 160, 200, 250, 300, 400, 500, 700];

function WidthChoice({ column, hint }: { readonly column: SizedColumn; readonly hint: string }) {
  const { preferences } = useAppStore();
  const chosen = usePreferences().panes.columns[column];
  const own = chosen === null || OFFERED.includes(chosen) ? [] : [chosen];
  return (
    <label>
      <span>{say(`column.width.${column}`)}</span>
      <select
        aria-describedby={hint}
        value={chosen ?? ''}
        onChange={({ target }) => {
          const pixels = target.value === '' ? null : Number(target.value);
          preferences.resizeColumns({ [column]: pixels });
        }}
      >
        <option value="">{say('settings.columnUsual')}</option>
        {[...OFFERED, ...own]
          .sort((one, other) => one - other)
          .map((pixels) => (
            <option key={pixels} value={pixels}>
              {say('settings.columnPixels', { pixels })}
            </option>
          ))}
      </select>
    </label>
  );
}

export function ListPart() {
  const { preferences } = useAppStore();
  const { density } = usePreferences().preferences;
  const hint = useId();
  return (
    <Part title={say('settings.list')}>
      <Choices
        group="density"
        names={DENSITIES}
        chosen={density}
        called={(name) => say(`settings.density.${name}`)}
        onChoose={(name) => preferences.prefer({ density: name })}
      />
      <div className="settings-widths">
        {SIZED_COLUMNS.map((column) => (
          <WidthChoice key={column} column={column} hint={hint} />
        ))}
      </div>
      <small id={hint}>{say('settings.columnsHint')}</small>
    </Part>
  );
}
