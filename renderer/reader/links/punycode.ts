/** Labels of host names as they look: `xn--bcher-kva` is `bücher` (RFC 3492). */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const LABEL_LENGTH_MAX = 63;

function adapted(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / points);
  let steps = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; steps += BASE)
    rest = Math.floor(rest / (BASE - T_MIN));
  return steps + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return code >= 0x61 && code <= 0x7a ? code - 0x61 : BASE;
}

/** The label as it looks; as it is if it is no punycode. */
export function fromPunycode(label: string): string {
  if (!label.startsWith('xn--') || label.length > LABEL_LENGTH_MAX) return label;
  const text = label.slice('xn--'.length);
  const split = text.lastIndexOf('-');
  const points = [...text.slice(0, Math.max(0, split))].map((one) => one.codePointAt(0) ?? 0);
  let [at, point, bias] = [split + 1, 128, 72];
  let position = 0;
  while (at < text.length) {
    const before = position;
    let weight = 1;
    for (let step = BASE; ; step += BASE) {
      const digit = digitOf(text.charCodeAt(at++));
      if (digit >= BASE) return label;
      position += digit * weight;
      const limit = Math.min(T_MAX, Math.max(T_MIN, step - bias));
      if (digit < limit) break;
      weight *= BASE - limit;
      if (at >= text.length) return label;
    }
    bias = adapted(position - before, points.length + 1, before === 0);
    point += Math.floor(position / (points.length + 1));
    position %= points.length + 1;
    if (point > 0x10ffff) return label;
    points.splice(position++, 0, point);
  }
  return String.fromCodePoint(...points);
}
