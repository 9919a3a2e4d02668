/**
 * A long list of groups in the sidebar, of which only what is on screen exists: a list box with one stop
 * of the tab key, arrows and letters like any other.
 */

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { formatBytes, formatNumber } from '../design/format.ts';
import { say } from '../../shared/language/say.ts';

export interface Entry {
  readonly text: string;
  readonly label: string;
  /** The same at full length, if that is another. */
  readonly words?: string;
  readonly messages: number;
  readonly bytes: number;
}

interface Props {
  readonly name: string;
  readonly total: number;
  /** Undefined while it has not come. */
  readonly entry: (index: number) => Entry | undefined;
  /** Entries on screen, both included. */
  readonly onShow: (first: number, last: number) => void;
  readonly isChosen: (entry: Entry) => boolean;
  readonly onChoose: (entry: Entry) => void;
}

const ROW = 27;
const ROWS_MAX = 9;
const MARGIN = 4;

export function GroupList({ name, total, entry, onShow, isChosen, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const id = useId();
  const rows = Math.min(ROWS_MAX, total);
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const last = Math.min(total - 1, Math.ceil(top / ROW) + rows + MARGIN);
  useEffect(() => onShow(first, last), [onShow, first, last]);

  const go = (to: number): void => {
    const index = Math.max(0, Math.min(total - 1, to));
    setActive(index);
    const element = list.current;
    if (!element) return;
    if (index * ROW < element.scrollTop) element.scrollTop = index * ROW;
    const lowest = (index + 1) * ROW - element.clientHeight;
    if (lowest > element.scrollTop) element.scrollTop = lowest;
  };
  const pressed = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + rows - 1,
      PageUp: active - rows + 1,
      Home: 0,
      End: total - 1,
    };
    const to = steps[event.key];
    const chosen = entry(active);
    if (to !== undefined) go(to);
    else if ((event.key === 'Enter' || event.key === ' ') && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  };

  const drawn = [];
  for (let index = first; index <= last; index++) {
    const one = entry(index);
    drawn.push(
      // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the list
      <div
        key={index}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={one !== undefined && isChosen(one)}
        aria-posinset={index + 1}
        aria-setsize={total}
        aria-label={one && entryInWords(one)}
        title={one && entryInWords(one)}
        className={index === active ? 'group group-active' : 'group'}
        style={{ top: index * ROW }}
        onClick={() => {
          setActive(index);
          if (one) onChoose(one);
        }}
      >
        <span className="side-name" translate="no">
          {one?.label ?? '…'}
        </span>
        <span className="side-count">{one && formatNumber(one.messages)}</span>
      </div>,
    );
  }
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={name}
      tabIndex={0}
      className="groups"
      style={{ height: rows * ROW }}
      aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
      onKeyDown={pressed}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      {drawn}
      <div className="groups-end" style={{ top: total * ROW - 1 }} />
    </div>
  );
}

const entryInWords = ({ label, words = label, messages, bytes }: Entry): string =>
  say('amount.of', { name: words, messages, size: formatBytes(bytes) });
