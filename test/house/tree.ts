/**
 * The project's own source files as the house tests see them: read from the disk, not from git, so
 * that a file counts before it is committed.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export const PRODUCT = ['shared', 'electron', 'renderer'] as const;
export const OURS = [...PRODUCT, 'test', 'build'] as const;

export interface SourceFile {
  /** Path below the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

const SOURCE = /\.(?:tsx?|mjs|css|html)$/;
const NOT_OURS = new Set(['node_modules', 'out', 'fixtures']);

/** Every source file below some folders of a tree, in order of path. */
export function sourceFiles(folders: readonly string[], root = ROOT): readonly SourceFile[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => below(root, folder))
    .filter((file) => SOURCE.test(file))
    .sort()
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

function below(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : below(root, inside);
    return [inside];
  });
}

/** The folders that hold source files, themselves below `folders`. */
export function foldersOf(files: readonly SourceFile[]): readonly string[] {
  return [...new Set(files.map((file) => path.posix.dirname(file.path)))].sort();
}

/** The code without comments that begin a line, which is where we write them. */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, '').replace(/^[ \t]*\/\/.*$/gm, '');
}
