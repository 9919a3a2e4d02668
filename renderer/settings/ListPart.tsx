/** How the list of messages looks: how close its rows stand, and how wide its columns are, without dragging. */

import { useId } from 'react';
import { DENSITIES, SIZED_COLUMNS } from '../../shared/preferences.ts';
import { say } from '../../shared/language/say.ts';
import { useAppStore, usePreferences } from '../app/use-store.ts';
import { Choices } from './Choices.tsx';
import { Part } from './Part.tsx';
import { WidthChoice } from './WidthChoice.tsx';

/** In CSS pixels. */
const OFFERED: readonly number[] = [80, 120, 160, 200, 250, 300, 400, 500, 700];

export function ListPart() {
  const { preferences } = useAppStore();
  const {
    preferences: { density },
    panes: { columns },
  } = usePreferences();
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
          <WidthChoice
            key={column}
            label={say(`column.width.${column}`)}
            chosen={columns[column]}
            offered={OFFERED}
            hint={hint}
            onChoose={(pixels) => preferences.resizeColumns({ [column]: pixels })}
          />
        ))}
      </div>
      <small id={hint}>{say('settings.columnsHint')}</small>
    </Part>
  );
}
