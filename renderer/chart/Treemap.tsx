/** What fills an archive: fields as large as what they stand for, each a button. */

import { hierarchy, treemap } from 'd3-hierarchy';
import { useRef } from 'react';
import { type ChoiceMark, type Measure, measured } from './chart-data.ts';
import { fitted } from './fitted.ts';
import { MarkButton } from './MarkButton.tsx';
import { useRoving } from './roving.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly title: string;
  readonly marks: readonly ChoiceMark[];
  readonly measure: Measure;
  readonly height: number;
}

type Node = { readonly mark: ChoiceMark } | { readonly children: readonly Node[] };

/** Of the names, as `.chart-tile-name` has it. */
const LETTERS = '550 12.5px';
/** A name is of use from so many pixels on, an amount from so many. */
const NAME_WIDTH = 28;
const VALUE_WIDTH = 48;
const PAD = 7;
const NAME_HEIGHT = 22;
const BOTH_HEIGHT = 40;

export function Treemap({ title, marks, measure, height }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const shown = marks.filter((mark) => mark[measure] > 0);
  const roving = useRoving(frame, shown.length, 1);
  const root = hierarchy<Node>({ children: shown.map((mark) => ({ mark })) }, (node) =>
    'children' in node ? node.children : undefined,
  ).sum((node) => ('mark' in node ? node.mark[measure] : 0));
  const laid = treemap<Node>()
    .size([Math.max(1, width), height])
    .paddingInner(2)
    .round(true)(root);
  const anyChosen = shown.some(({ chosen }) => chosen);
  return (
    <div ref={frame} className="chart-frame" style={{ height }}>
      {width > 0 && (
        <svg className="chart" role="group" aria-label={title} width={width} height={height}>
          {laid.leaves().map(({ data, x0, x1, y0, y1 }, at) => {
            if (!('mark' in data)) return null;
            const { mark } = data;
            const room = x1 - x0 - 2 * PAD;
            return (
              <MarkButton key={mark.id} mark={mark} at={at} roving={roving} anyChosen={anyChosen}>
                <rect
                  className={mark.choose ? 'chart-tile' : 'chart-tile chart-tile-rest'}
                  x={x0}
                  y={y0}
                  width={x1 - x0}
                  height={y1 - y0}
                  rx={3}
                />
                {y1 - y0 >= NAME_HEIGHT && room >= NAME_WIDTH && (
                  <text className="chart-tile-name" x={x0 + PAD} y={y0 + 16}>
                    {fitted(mark.brief ?? mark.label, room, LETTERS)}
                  </text>
                )}
                {y1 - y0 >= BOTH_HEIGHT && room >= VALUE_WIDTH && (
                  <text className="chart-tile-value" x={x0 + PAD} y={y0 + 32}>
                    {measured(mark, measure)}
                  </text>
                )}
              </MarkButton>
            );
          })}
        </svg>
      )}
    </div>
  );
}
