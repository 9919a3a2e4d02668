/** Asks which messages are meant: what is selected in the list, or all of it. */

import type { ListState } from '../../shared/contract.ts';
import type { Listed } from '../../shared/export-contract.ts';
import { say } from '../../shared/language/say.ts';

export type What = 'selected' | 'listed';

export const listedOf = (what: What): Listed =>
  what === 'selected' ? { selected: 'all' } : { listed: 'all' };

interface Props {
  readonly legend: string;
  readonly list: ListState;
  readonly what: What;
  readonly choose: (what: What) => void;
}

export function WhichMessages({ legend, list, what, choose }: Props) {
  const selected = list.selected.messages;
  return (
    <fieldset className="export-forms">
      <legend>{legend}</legend>
      <label className="rule">
        <input
          type="radio"
          name="what"
          checked={what === 'selected'}
          disabled={selected === 0}
          onChange={() => choose('selected')}
        />
        {selected === 0
          ? say('export.selection')
          : say('export.selectionOf', { messages: selected })}
      </label>
      <label className="rule">
        <input
          type="radio"
          name="what"
          checked={what === 'listed'}
          onChange={() => choose('listed')}
        />
        {say('export.everything', { messages: list.rows })}
      </label>
    </fieldset>
  );
}
