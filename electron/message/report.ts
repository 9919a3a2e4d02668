/** What a machine reports of a message, as groups of fields (RFC 3464, 8098, 5965). Bounded. */

import type { ReportPart } from '../../shared/message-view.ts';
import type { About } from './entity.ts';
import { readHeader } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';

const GROUPS_MAX = 200;
const FIELDS_MAX = 100;

/** @param bytes the decoded body of the report */
export function reportGroups(bytes: Buffer): Pick<ReportPart, 'groups' | 'omitted'> {
  const text = bytes.toString('latin1').replace(/\r\n?/g, '\n');
  const blocks = text.split(/\n[ \t]*(?:\n[ \t]*)+/).filter((block) => block.trim() !== '');
  const groups = blocks.slice(0, GROUPS_MAX).map((block) =>
    readHeader(`${block.trim()}\n`)
      .fields.slice(0, FIELDS_MAX)
      .map(({ name, value }) => ({ name, value: decodeHeaderText(value) })),
  );
  return {
    groups: groups.filter(({ length }) => length > 0),
    omitted: Math.max(0, blocks.length - GROUPS_MAX),
  };
}

/** What a part states of a piece or of a file elsewhere (RFC 2046, 5.2.2 and 5.2.3), in its order. */
export function statedGroups({ parameters }: Pick<About, 'parameters'>): ReportPart['groups'] {
  const fields = [...parameters].slice(0, FIELDS_MAX).map(([name, value]) => ({ name, value }));
  return fields.length > 0 ? [fields] : [];
}
