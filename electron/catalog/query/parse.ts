/**
 * A query from what a person typed. Imports its neighbours.
 *
 * Whatever the text is, there is a query: what makes no sense is left out and gets a hint, and the rest
 * still works. Linear time, bounded depth, never throws. `OR` binds weaker than what stands side by
 * side; `AND` says nothing.
 */

import { OPERATORS, type Operator, QUERY_LENGTH_MAX } from '../../../shared/search-syntax.ts';
import { type Hint, HINTS_MAX, nearest, quoted } from './hints.ts';
import { allOf, anyOf, EVERY, not, type Query } from './query.ts';
import { termOf } from './terms.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface Parsed {
  readonly query: Query;
  /** In their order; empty if all was understood. */
  readonly hints: readonly Hint[];
}

const DEPTH_MAX = 30;
const TERMS_MAX = 100;

/** What stands in parentheses, or the whole, as far as it has been read. */
interface Group {
  readonly opened: Token | null;
  /** Its words are meant for this operator. */
  readonly operator: Operator | null;
  readonly negated: boolean;
  readonly alternatives: Query[];
  together: Query[];
  /** Something stands behind the last `OR`, or the beginning. */
  begun: boolean;
  or: Token | null;
}

export function parse(text: string): Parsed {
  return new Parser(text).run();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #hints: Hint[] = [];
  readonly #groups: Group[] = [];
  #group: Group = groupOf(null, null, false);
  /** Parentheses deeper than we go, which are passed over. */
  #tooDeep = 0;
  #terms = 0;
  /** What stands in front of the next term. */
  #negated = false;
  #minus: Token | null = null;
  #operator: (Token & { readonly kind: 'operator' }) | null = null;

  constructor(text: string) {
    this.#text = text.slice(0, QUERY_LENGTH_MAX);
    this.#tokens = tokensOf(this.#text);
    if (text.length > QUERY_LENGTH_MAX) {
      this.#hint(
        { from: QUERY_LENGTH_MAX, to: text.length },
        `Only the first ${QUERY_LENGTH_MAX} characters of a query are looked at.`,
      );
    }
  }

  run(): Parsed {
    for (const token of this.#tokens) this.#take(token);
    this.#leaveOperator();
    this.#leaveMinus();
    while (this.#groups.length > 0) {
      const { opened } = this.#group;
      if (opened) this.#hint(opened, 'This parenthesis is never closed.', '');
      this.#close();
    }
    const query = this.#end(this.#group) ?? EVERY;
    return { query, hints: [...this.#hints].sort((one, other) => one.from - other.from) };
  }

  #take(token: Token): void {
    switch (token.kind) {
      case 'word':
      case 'quoted':
        return this.#takeWord(token);
      case 'open':
        return this.#open(token);
      case 'operator':
        this.#leaveOperator();
        this.#operator = token;
        return;
      case 'not':
        this.#leaveOperator();
        this.#negated = !this.#negated;
        this.#minus = token;
        return;
      case 'or':
        this.#leaveOperator();
        this.#leaveMinus();
        return this.#or(token);
      case 'close':
        this.#leaveOperator();
        this.#leaveMinus();
        if (this.#tooDeep > 0) this.#tooDeep -= 1;
        else if (this.#groups.length > 0) this.#closeAt(token);
        else this.#hint(token, 'This parenthesis was never opened.', '');
        return;
      case 'lone minus':
        this.#leaveOperator();
        this.#hint(token, 'A minus leaves out what stands right behind it.', '-word');
        return;
    }
  }

  #takeWord(token: Token & { readonly kind: 'word' | 'quoted' }): void {
    const from = this.#operator?.from ?? token.from;
    const operator = this.#operator?.operator ?? null;
    this.#operator = null;
    if (operator === null && token.kind === 'word') {
      if (token.text === 'AND') return;
      this.#lookAtColon(token);
    }
    const match = token.kind === 'quoted' ? 'exact' : 'beginning';
    if (token.kind === 'quoted' && !token.closed) {
      this.#hint(token, 'The quotation mark at the end is missing.', `"${token.text.trim()}"`);
    }
    const made = termOf(operator ?? this.#group.operator, token.text, match);
    this.#group.begun = true;
    if ('wrong' in made) {
      this.#hint({ from, to: token.to }, made.wrong, made.right);
      this.#add(null);
    } else if (this.#terms === TERMS_MAX) {
      this.#hint({ from, to: token.to }, `Only the first ${TERMS_MAX} words are looked for.`);
      this.#terms += 1;
      this.#add(null);
    } else if (this.#terms > TERMS_MAX) this.#add(null);
    else {
      this.#terms += 1;
      this.#add({ is: 'term', term: made });
    }
  }

  /** A word that looks like an operator, and is none, is looked for as it stands. */
  #lookAtColon({ from, text }: Token & { readonly kind: 'word' | 'quoted' }): void {
    const [, name, value] = /^([A-Za-z][A-Za-z-]{0,20}):(?!\/\/)(.+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) return;
    const near = nearest(name, OPERATORS);
    this.#hint(
      { from, to: from + text.length },
      `There is no ${quoted(`${name}:`)}: this is looked for as it stands.`,
      near ? `${near}:${value}` : `"${name}" ${value}`,
    );
  }

  /** What was read is a part of the group; null if it is nothing. */
  #add(query: Query | null): void {
    if (query) this.#group.together.push(this.#negated ? not(query) : query);
    this.#negated = false;
    this.#minus = null;
  }

  #open(token: Token): void {
    if (this.#groups.length >= DEPTH_MAX) {
      if (this.#tooDeep === 0) this.#hint(token, 'These are too many parentheses in each other.');
      this.#tooDeep += 1;
      this.#operator = null;
      this.#negated = false;
      this.#minus = null;
      return;
    }
    const operator = this.#operator?.operator ?? this.#group.operator;
    this.#operator = null;
    this.#groups.push(this.#group);
    this.#group = groupOf(token, operator, this.#negated);
    this.#negated = false;
    this.#minus = null;
  }

  #closeAt(token: Token): void {
    const { opened, begun, or } = this.#group;
    if (opened && !begun && !or) {
      this.#hint({ from: opened.from, to: token.to }, 'There is nothing in these parentheses.');
    }
    this.#close();
  }

  #close(): void {
    const closed = this.#group;
    const query = this.#end(closed);
    this.#group = this.#groups.pop() ?? groupOf(null, null, false);
    this.#group.begun = true;
    this.#negated = closed.negated;
    this.#add(query);
  }

  #or(token: Token): void {
    const group = this.#group;
    if (!group.begun) {
      this.#hint(
        token,
        '“OR” stands between two things, either of which is enough.',
        'this OR that',
      );
    }
    if (group.together.length > 0) group.alternatives.push(allOf(group.together));
    group.together = [];
    group.begun = false;
    group.or = token;
  }

  /** @returns null if there is nothing in it */
  #end({ alternatives, together, begun, or }: Group): Query | null {
    if (or && !begun)
      this.#hint(or, 'Something should stand behind this “OR”, too.', 'this OR that');
    const all = together.length > 0 ? [...alternatives, allOf(together)] : alternatives;
    return all.length > 0 ? anyOf(all) : null;
  }

  /** An operator without a value. */
  #leaveOperator(): void {
    if (!this.#operator) return;
    const made = termOf(this.#operator.operator, '', 'beginning');
    if ('wrong' in made) this.#hint(this.#operator, made.wrong, made.right);
    this.#operator = null;
    this.#group.begun = true;
    this.#add(null);
  }

  #leaveMinus(): void {
    if (!this.#minus) return;
    this.#hint(this.#minus, 'There is nothing behind it that could be left out.');
    this.#add(null);
  }

  #hint(
    { from, to }: { readonly from: number; readonly to: number },
    says: string,
    right = '',
  ): void {
    if (this.#hints.length < HINTS_MAX) this.#hints.push({ from, to, says, right });
  }
}

function groupOf(opened: Token | null, operator: Operator | null, negated: boolean): Group {
  const empty: Pick<Group, 'alternatives' | 'together'> = { alternatives: [], together: [] };
  return { opened, operator, negated, ...empty, begun: false, or: null };
}
