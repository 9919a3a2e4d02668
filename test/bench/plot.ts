/**
 * A plot as SVG: panels side by side over one logarithmic axis of sizes, each with its own
 * logarithmic axis of values. Readable on light and on dark, with words at the ends of the lines.
 */

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

const WIDTH = 520;
const HEIGHT = 340;
const LEFT = 58;
const RIGHT = 132;
const TOP = 40;
const BOTTOM = 50;
const LABEL_PIXELS = 15;

const STYLE = `
  svg { color-scheme: light dark; background: #fff; font: 13px system-ui, sans-serif; }
  text { fill: #1d2a24; } .quiet { fill: #55635c; } .grid { stroke: #d9dfdc; }
  path { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
  .c0 { --c: #a34a00; } .c1 { --c: #0b6b4f; } .c2 { --c: #1f5fae; } .c3 { --c: #7a4d9a; }
  path[class] { stroke: var(--c); } circle, .name { fill: var(--c); }
  @media (prefers-color-scheme: dark) {
    svg { background: #141a17; } text { fill: #e6ece9; } .quiet { fill: #a5b1ab; }
    .grid { stroke: #303a35; }
    .c0 { --c: #f0a35e; } .c1 { --c: #5fd0a8; } .c2 { --c: #7fb2f0; } .c3 { --c: #c9a0e6; }
  }
`;

/** Whole decades (or powers of two) around values. */
function range(values: readonly number[], base: number): [number, number] {
  const log = (value: number): number => Math.log(value) / Math.log(base);
  const least = Math.floor(log(Math.min(...values)) + 1e-9);
  const most = Math.ceil(log(Math.max(...values)) - 1e-9);
  return [least, Math.max(most, least + 1)];
}

function panel({ title, series }: Panel, at: number, axis: string): string {
  const xs = series.flatMap(({ points }) => points.map(({ x }) => x));
  const ys = series.flatMap(({ points }) => points.map(({ y }) => y));
  const [xFrom, xTo] = range(xs, 2);
  const [yFrom, yTo] = range(ys, 10);
  const left = at * WIDTH + LEFT;
  const right = (at + 1) * WIDTH - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const x = (value: number): number =>
    left + ((Math.log2(value) - xFrom) / (xTo - xFrom)) * (right - left);
  const y = (value: number): number =>
    bottom - ((Math.log10(value) - yFrom) / (yTo - yFrom)) * (bottom - TOP);
  const parts = [`<text x="${left}" y="22" font-weight="600">${title}</text>`];
  for (let power = yFrom; power <= yTo; power++) {
    const level = y(10 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${left}" x2="${right}" y1="${level}" y2="${level}"/>`);
    parts.push(
      `<text class="quiet" x="${left - 8}" y="${level}" dy="4" text-anchor="end">${10 ** power}</text>`,
    );
  }
  const step = xTo - xFrom > 5 ? 3 : 1;
  for (let power = xFrom; power <= xTo; power += step) {
    const place = x(2 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${place}" x2="${place}" y1="${TOP}" y2="${bottom}"/>`);
    parts.push(
      `<text class="quiet" x="${place}" y="${bottom + 18}" text-anchor="middle">${2 ** power}</text>`,
    );
  }
  parts.push(
    `<text class="quiet" x="${(left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${axis}</text>`,
  );
  parts.push(...lines(series, x, y));
  return parts.join('\n');
}

function lines(
  series: readonly Series[],
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const ends = series
    .map(({ name, points }, number) => ({ name, number, end: points.at(-1) }))
    .flatMap(({ name, number, end }) => (end ? [{ name, number, at: end, label: y(end.y) }] : []))
    .sort((one, other) => one.label - other.label);
  // Words that would overlap move down.
  ends.forEach((end, at) => {
    const above = ends[at - 1];
    if (above) end.label = Math.max(end.label, above.label + LABEL_PIXELS);
  });
  const curves = series.map(({ points }, number) => {
    const places = points.map((one) => `${x(one.x).toFixed(1)},${y(one.y).toFixed(1)}`);
    const dots = points.map(
      (one) =>
        `<circle class="c${number}" cx="${x(one.x).toFixed(1)}" cy="${y(one.y).toFixed(1)}" r="2.6"/>`,
    );
    return `<path class="c${number}" d="M${places.join('L')}"/>${dots.join('')}`;
  });
  const words = ends.map(
    ({ name, number, at, label }) =>
      `<text class="name c${number}" x="${(x(at.x) + 8).toFixed(1)}" y="${label.toFixed(1)}" dy="4">${name}</text>`,
  );
  return [...curves, ...words];
}

/** Draws the panels. @param axis what the sizes are */
export function plot(axis: string, panels: readonly Panel[]): string {
  const width = WIDTH * panels.length;
  const drawn = panels.map((one, at) => panel(one, at, axis)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${panels.map(({ title }) => title).join('; ')}, by ${axis}">
<style>${STYLE}</style>
${drawn}
</svg>
`;
}
