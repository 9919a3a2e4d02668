/**
 * The arguments of a message, read from its text by the compiler: `{name}` takes a text or a number,
 * `{count, plural, …}` a number, `{how, select, …}` a text. A forgotten or misspelt one does not compile.
 */

/** What a brace stands in: the text of a message, or the branches of a plural or select. */
type Within = 'text' | 'branches';

type Trim<Text extends string> = Text extends ` ${infer Rest}`
  ? Trim<Rest>
  : Text extends `${infer Rest} `
    ? Trim<Rest>
    : Text;

type ValueOf<Kind extends string> = Kind extends 'plural' | 'selectordinal' | 'number'
  ? number
  : string;

/** Goes from brace to brace. `Stack` is what the braces stand in, the innermost first. */
type Scan<
  Text extends string,
  Stack extends readonly Within[],
  Found,
> = Text extends `${infer Before}}${infer Behind}`
  ? Before extends `${string}{${infer Inside}`
    ? Opened<`${Inside}}${Behind}`, Stack, Found>
    : Scan<Behind, Stack extends readonly [Within, ...infer Out extends Within[]] ? Out : [], Found>
  : Found;

type Opened<
  Text extends string,
  Stack extends readonly Within[],
  Found,
> = Stack[0] extends 'branches'
  ? Scan<Text, ['text', ...Stack], Found>
  : Text extends `${infer Head}}${infer Behind}`
    ? Head extends `${infer Name},${infer Kind},${string}`
      ? Scan<
          Text extends `${string},${string},${infer Branches}` ? Branches : never,
          ['branches', ...Stack],
          Found & { readonly [One in Trim<Name>]: ValueOf<Trim<Kind>> }
        >
      : Head extends `${infer Name},${infer Kind}`
        ? Scan<Behind, Stack, Found & { readonly [One in Trim<Name>]: ValueOf<Trim<Kind>> }>
        : Scan<Behind, Stack, Found & { readonly [One in Trim<Head>]: string | number }>
    : Found;

/** What a message must be given, by name; no names if it needs nothing. */
export type ArgumentsOf<Text extends string> = Scan<Text, [], unknown>;
