/** How wide a part of the window is, chosen without dragging. */

import { say } from '../../shared/language/say.ts';

interface Props {
  readonly label: string;
  /** In CSS pixels; null for the usual width. */
  readonly chosen: number | null;
  readonly offered: readonly number[];
  /** The id of what explains it. */
  readonly hint?: string;
  readonly onChoose: (pixels: number | null) => void;
}

export function WidthChoice({ label, chosen, offered, hint, onChoose }: Props) {
  const own = chosen === null || offered.includes(chosen) ? [] : [chosen];
  return (
    <label>
      <span>{label}</span>
      <select
        aria-describedby={hint}
        value={chosen ?? ''}
        onChange={({ target }) => onChoose(target.value === '' ? null : Number(target.value))}
      >
        <option value="">{say('settings.columnUsual')}</option>
        {[...offered, ...own]
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
