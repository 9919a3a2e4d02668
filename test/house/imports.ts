/**
 * Reads what a file imports, by the ways that are in use: import and export declarations, `import()`
 * as a value and as a type, `require`. No parser: TypeScript 7 has none to offer to Node.
 */

import path from 'node:path';
import { type SourceFile, withoutComments } from './tree.ts';

export interface Import {
  /** The file that imports. */
  readonly from: string;
  readonly specifier: string;
  /** What is imported: a path below the root if it is ours, else null. */
  readonly target: string | null;
  /** Gone after compilation. `import { type X }` is not: it still loads the module. */
  readonly typeOnly: boolean;
}

const DECLARATION =
  /^[ \t]*(?:import|export)\b(?<names>[^'";=()]*?)\bfrom\s*['"](?<specifier>[^'"]+)['"]/gm;
const SIDE_EFFECT = /^[ \t]*import\s*['"](?<specifier>[^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\(\s*['"](?<specifier>[^'"]+)['"]\s*\)(?<member>\.[A-Z])?/g;
const TRIPLE_SLASH = /^\/\/\/\s*<reference\s+path=['"](?<specifier>[^'"]+)['"]/gm;

/** Every import of a file. */
export function importsOf(file: SourceFile): readonly Import[] {
  const code = withoutComments(file.text);
  const found = (pattern: RegExp, text: string, typeOnly: (match: RegExpExecArray) => boolean) =>
    [...text.matchAll(pattern)].map((match) =>
      describe(file.path, match.groups?.['specifier'] ?? '', typeOnly(match)),
    );
  return [
    ...found(DECLARATION, code, (match) => /^\s*type\b/.test(match.groups?.['names'] ?? '')),
    ...found(SIDE_EFFECT, code, () => false),
    ...found(CALL, code, (match) => match.groups?.['member'] !== undefined),
    ...found(TRIPLE_SLASH, file.text, () => true),
  ];
}

function describe(from: string, specifier: string, typeOnly: boolean): Import {
  const target = specifier.startsWith('.')
    ? path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, ''))
    : null;
  return { from, specifier, target, typeOnly };
}

/** The files that running `starts` loads in the end, `starts` among them. */
export function reachedFrom(
  starts: readonly string[],
  files: readonly SourceFile[],
): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const file = byPath.get(next);
    if (!file || reached.has(next)) continue;
    reached.add(next);
    for (const { target, typeOnly } of importsOf(file))
      if (target && !typeOnly) waiting.push(target);
  }
  return reached;
}
