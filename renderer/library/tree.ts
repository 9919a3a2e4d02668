/** The library as a tree, as a person sees it: folders as their mail program shows them. Knows no React. */

import type { FoundArchive } from '../../shared/found-archive.ts';
import type { LibraryPlace } from '../../shared/library.ts';
import { alphabet } from '../design/format.ts';

export interface TreeNode {
  /** Stays the same while the node means the same. */
  readonly id: string;
  readonly label: string;
  /** The folder or file of the library that it belongs to. */
  readonly place: LibraryPlace;
  /** Null for a folder that holds archives, and is none. */
  readonly archive: FoundArchive | null;
  readonly children: readonly TreeNode[];
}

/** A node that can be seen, with what a screen reader says of where it is. */
export interface TreeRow {
  readonly node: TreeNode;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | null;
  /** Null if nothing is below it. */
  readonly state: 'collapsed' | 'expanded' | null;
}

interface Growing {
  readonly id: string;
  label: string;
  archive: FoundArchive | null;
  readonly below: Map<string, Growing>;
}

/** Between names in an id; no name holds it. */
const APART = '\u0000';

/** All of the library. */
export const treeOf = (places: readonly LibraryPlace[]): readonly TreeNode[] => places.map(rootOf);

function rootOf(place: LibraryPlace): TreeNode {
  const { path, name, kind, archives } = place;
  const [only] = archives;
  if (kind === 'file') {
    return { id: path, label: name, place, archive: only ?? null, children: [] };
  }
  const root: Growing = { id: path, label: name, archive: null, below: new Map() };
  for (const archive of archives) grow(root, archive);
  const [inside, ...others] = sorted(root, place);
  // A folder that only holds another one needs no line of its own.
  const lifted = inside && others.length === 0 && !inside.archive;
  const children = lifted
    ? inside.children
    : [inside, ...others].filter((one) => one !== undefined);
  return { id: path, label: name, place, archive: null, children };
}

function grow(root: Growing, archive: FoundArchive): void {
  let at = root;
  for (const name of archive.place) at = childOf(at, name);
  const node = childOf(at, archive.name);
  if (!node.archive) node.archive = archive;
  else childOf(at, `${archive.name}${APART}${archive.path}`).archive = archive;
}

function childOf(above: Growing, name: string): Growing {
  const known = above.below.get(name);
  if (known) return known;
  const [label = name] = name.split(APART);
  const child: Growing = {
    id: `${above.id}${APART}${name}`,
    label,
    archive: null,
    below: new Map(),
  };
  above.below.set(name, child);
  return child;
}

/** What is below a node, in the order in which it is shown. */
function sorted({ below }: Growing, place: LibraryPlace): readonly TreeNode[] {
  const children = [...below.values()].map((child) => finished(child, place));
  return disambiguated(children).sort(compare);
}

function finished(node: Growing, place: LibraryPlace): TreeNode {
  const { id, label, archive } = node;
  const children = sorted(node, place);
  const [only] = children;
  // Folders that hold nothing but each other share a line.
  if (!archive && only && children.length === 1 && !only.archive) {
    return { ...only, label: `${label} › ${only.label}` };
  }
  return { id, label, place, archive, children };
}

/** Archives of one name are told apart by what their files are called. */
function disambiguated(nodes: readonly TreeNode[]): TreeNode[] {
  const counts = new Map<string, number>();
  for (const { label } of nodes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return nodes.map((node) =>
    node.archive && (counts.get(node.label) ?? 0) > 1
      ? { ...node, label: fileNameOf(node.archive.path) }
      : node,
  );
}

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const isInbox = ({ label }: TreeNode): boolean => /^inbox$/i.test(label);

/** The inbox comes first, as in every mail program. */
function compare(one: TreeNode, other: TreeNode): number {
  return (
    Number(isInbox(other)) - Number(isInbox(one)) || alphabet().compare(one.label, other.label)
  );
}

/** What can be seen of a tree. @param isCollapsed asked for nodes with others below */
export function rowsOf(
  roots: readonly TreeNode[],
  isCollapsed: (node: TreeNode, level: number) => boolean,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const show = (nodes: readonly TreeNode[], level: number, parent: string | null): void => {
    for (const [index, node] of nodes.entries()) {
      const collapsed = isCollapsed(node, level);
      const folding = collapsed ? 'collapsed' : 'expanded';
      const state = node.children.length > 0 ? folding : null;
      rows.push({ node, level, parent, state, position: index + 1, siblings: nodes.length });
      if (state === 'expanded') show(node.children, level + 1, node.id);
    }
  };
  show(roots, 1, null);
  return rows;
}
