/**
 * text/enriched (RFC 1896) and text/richtext (RFC 1341) as plain text. Imports nothing; linear, never
 * throws. Commands are left out, line ends come out as the writer meant them, excerpts are quoted.
 */

const COMMAND = /<<|<(\/?[a-z0-9-]{1,60})>/gi;
/** Deeper excerpts are as good as this. */
const QUOTE_MAX = 20;

/** @param text clean, with LF as line end */
export function enrichedText(text: string, type: string): string {
  const plain = new PlainText(type === 'text/richtext' ? 'rich' : 'enriched');
  let from = 0;
  for (const match of text.matchAll(COMMAND)) {
    plain.add(text.slice(from, match.index));
    from = match.index + match[0].length;
    plain.command(match[1]?.toLowerCase() ?? '');
  }
  plain.add(text.slice(from));
  return plain.end();
}

/** Text of one quoting. */
interface Stretch {
  readonly quote: number;
  text: string;
}

class PlainText {
  readonly #kind: 'rich' | 'enriched';
  readonly #stretches: Stretch[] = [];
  #now: Stretch = { quote: 0, text: '' };
  /** Inside of so many commands whose content is no text, or whose line ends are the writer's. */
  #hidden = 0;
  #kept = 0;

  constructor(kind: 'rich' | 'enriched') {
    this.#kind = kind;
  }

  add(some: string): void {
    if (this.#hidden === 0) this.#now.text += this.#kept > 0 ? some : this.#folded(some);
  }

  /** @param name in lower case, with `/` where it ends; empty for `<<` */
  command(name: string): void {
    const base = name.replace('/', '');
    const step = name === base ? 1 : -1;
    if (name === '') this.#put('<');
    else if (base === 'param' || base === 'comment')
      this.#hidden = Math.max(0, this.#hidden + step);
    else if (base === 'nofill') this.#kept = Math.max(0, this.#kept + step);
    else if (base === 'excerpt') this.#quote(step);
    else if (base === 'paragraph') this.#put(step < 0 ? '\n\n' : this.#lineEnd());
    else if (this.#kind === 'rich') this.#put(RICH[name] ?? '');
  }

  end(): string {
    const stretches = [...this.#stretches, this.#now].filter(({ text }) => text.trim() !== '');
    return stretches.map(quoted).join('\n');
  }

  #put(some: string): void {
    if (this.#hidden === 0) this.#now.text += some;
  }

  #lineEnd(): string {
    return /\S[^\n]*$/.test(this.#now.text.slice(-200)) ? '\n' : '';
  }

  #quote(step: number): void {
    this.#stretches.push(this.#now);
    const quote = Math.min(QUOTE_MAX, Math.max(0, this.#now.quote + step));
    this.#now = { quote, text: '' };
  }

  /** One line end is a space, more of them are one less; richtext has its own command for them. */
  #folded(some: string): string {
    if (this.#kind === 'rich') return some.replace(/\n+/g, ' ');
    return some.replace(/\n+/g, (ends) => (ends.length === 1 ? ' ' : ends.slice(1)));
  }
}

/** Empty lines at both ends are those between a text and its excerpts. */
function quoted({ quote, text }: Stretch): string {
  const lines = text.replace(/^\n/, '').replace(/\n+$/, '');
  return quote === 0 ? lines : lines.replace(/^/gm, '> '.repeat(quote));
}

const RICH: Readonly<Record<string, string>> = { nl: '\n', np: '\n', lt: '<' };
