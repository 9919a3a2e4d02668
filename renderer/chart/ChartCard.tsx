/** A chart with its name, the table behind it, and what can be taken of it as a file. */

import { Download, Table } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { CHART_FORMS, type ChartForm } from '../../shared/chart-contract.ts';
import { fromAnswer } from '../../shared/answer.ts';
import { useAppStore } from '../app/use-store.ts';
import { formatBytes, formatNumber } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { type ChartTable, csvOf } from './chart-data.ts';
import { pngOf, svgOf } from './chart-file.ts';
import { say } from '../../shared/language/say.ts';

interface Props {
  readonly store: ArchiveStore;
  readonly title: string;
  /** What must be known to read it, such as the time zone. */
  readonly note?: string;
  readonly table: ChartTable;
  readonly wide?: 'wide';
  readonly children: ReactNode;
}

export function ChartCard({ store, title, note, table, wide, children }: Props) {
  const app = useAppStore();
  const chart = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<'chart' | 'table'>('chart');

  const contentOf = async (form: ChartForm): Promise<string> => {
    if (form === 'csv') return csvOf(table);
    const svg = chart.current?.querySelector<SVGSVGElement>('svg.chart');
    const text = svg ? svgOf(svg, title) : '';
    return form === 'svg' ? text : pngOf(text);
  };
  const save = (form: ChartForm): void => {
    void store.onPaper(async () => {
      const content = await contentOf(form);
      return fromAnswer(await app.bridge.saveChart({ name: title, form, content }));
    });
  };

  return (
    <figure className={wide ? 'chart-card chart-card-wide' : 'chart-card'} aria-label={title}>
      <figcaption className="chart-card-head">
        <h2>{title}</h2>
        <span className="stretch" />
        <button
          type="button"
          className="small-button"
          aria-pressed={shown === 'table'}
          onClick={() => setShown(shown === 'table' ? 'chart' : 'table')}
        >
          <Table size={13} aria-hidden /> {say('chart.table')}
        </button>
        <span className="chart-card-save">
          <Download size={13} aria-hidden />
          {CHART_FORMS.map((form) => (
            <button
              key={form}
              type="button"
              className="small-button"
              disabled={form !== 'csv' && shown === 'table'}
              aria-label={say('chart.save', { title, form: form.toUpperCase() })}
              onClick={() => save(form)}
            >
              {form.toUpperCase()}
            </button>
          ))}
        </span>
        {note && <p className="chart-card-note quiet">{note}</p>}
      </figcaption>
      {shown === 'table' ? (
        <DataTable title={title} table={table} />
      ) : (
        <div ref={chart}>{children}</div>
      )}
    </figure>
  );
}

function DataTable({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="chart-card-table" tabIndex={0} aria-label={say('chart.asTable', { title })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{table.heading}</th>
            <th scope="col">{say('measure.messages')}</th>
            <th scope="col">{say('measure.bytes')}</th>
          </tr>
        </thead>
        <tbody>
          {table.marks.map(({ id, label, messages, bytes }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              <td>{formatNumber(messages)}</td>
              <td>{formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
