/** Asks which messages are meant: what is selected in the list, or all of it. */

import type { ListState } from '../../shared/contract.ts';
import type { Listed } from '../../shared/export-contract.ts';
import { formatCount } from '../design/format.ts';

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
        {selected === 0 ? 'Selection' : `Selection: ${formatCount(selected, 'message')}`}
      </label>
      <label className="rule">
        <input
          type="radio"
          name="what"
          checked={what === 'listed'}
          onChange={() => choose('listed')}
        />
        Everything in the list: {formatCount(list.rows, 'message')}
      </label>
    </fieldset>
  );
}
