/** The part of html-to-text that is used here; it comes without types. */

declare module 'html-to-text' {
  interface Selector {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  }

  interface HtmlToTextOptions {
    readonly wordwrap?: number | false;
    readonly limits?: {
      readonly maxInputLength?: number;
      readonly maxDepth?: number;
      readonly maxChildNodes?: number;
    };
    readonly selectors?: readonly Selector[];
  }

  export function compile(options: HtmlToTextOptions): (html: string) => string;
}
