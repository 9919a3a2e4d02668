/**
 * What we make of a message beside what Python's `email` makes of it: every difference, with the reason
 * for it by name. A reason that begins with `?` is none: the difference is not explained.
 */

import { createHash } from 'node:crypto';
import { people } from '../../electron/message/address-list.ts';
import { bytesInMemory, withLineFeeds } from '../../electron/message/byte-source.ts';
import { decoded, saysNothing, withWindowsCharacters } from '../../electron/message/charset.ts';
import type { Entity } from '../../electron/message/entity.ts';
import { decodedBytes } from '../../electron/message/part-places.ts';
import { Structure } from '../../electron/message/structure.ts';
import { textOf } from '../../electron/message/text-part.ts';
import type { PythonLeaf, PythonMail } from './python-mail.ts';

export interface Difference {
  readonly why: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

interface OurLeaf {
  readonly entity: Entity;
  readonly bytes: Buffer;
  readonly text: string;
}

const BYTES_MAX = 64 * 1024 * 1024;

/** Every difference. @param message as stored, without its separator line */
export async function compared(
  message: Buffer,
  python: PythonMail,
): Promise<readonly Difference[]> {
  const source = await withLineFeeds(bytesInMemory(message));
  const structure = new Structure();
  structure.push(await source.read(0, message.length));
  const root = structure.end(message.length);
  const leaves: OurLeaf[] = [];
  for (const entity of leavesOf(root)) {
    const { bytes } = await decodedBytes({ source, entity }, BYTES_MAX);
    leaves.push({ entity, bytes, text: textOf(bytes, entity.about, null).text });
  }
  if (python.failed !== '') {
    return [
      { why: `Python fails: ${python.failed.split(':')[0]}`, theirs: python.failed, ours: '' },
    ];
  }
  return [...comparedPeople(root, python), ...comparedLeaves(leaves, python.leaves, message)];
}

function* leavesOf(entity: Entity): Generator<Entity> {
  if (entity.children.length === 0) yield entity;
  for (const child of entity.children) yield* leavesOf(child);
}

function comparedPeople(root: Entity, python: PythonMail): readonly Difference[] {
  const differences: Difference[] = [];
  for (const [name, theirs] of Object.entries(python.people)) {
    const raw = root.fields
      .filter((field) => field.name.toLowerCase() === name)
      .map(({ value }) => value);
    const ours = raw.flatMap((value) => people(value)).map((one) => [one.name, one.address]);
    if (JSON.stringify(ours) === JSON.stringify(theirs?.map((one) => one.map(oneSpace)))) continue;
    const why = whyPeople(raw.join(', '), ours, theirs);
    if (why !== '') differences.push({ why, theirs: [raw, theirs], ours });
  }
  return differences;
}

const oneSpace = (text: string): string => text.replace(/\s+/g, ' ').trim();

function whyPeople(
  raw: string,
  ours: readonly (readonly (string | undefined)[])[],
  theirs: readonly (readonly [string, string])[] | null,
): string {
  if (theirs === null) return 'people: Python fails';
  const addresses = (list: readonly (readonly (string | undefined)[])[]): string =>
    JSON.stringify(list.map(([, address]) => address).filter(Boolean));
  if (/[\x80-\xff]/.test(raw)) return 'people: raw 8-bit is left undecoded by Python';
  if (addresses(ours) === addresses(theirs)) return whyNames(raw, ours, theirs);
  if (/ at .*\(/.test(raw)) return 'people: Pipermail\'s "user at host (Name)"';
  const flat = (text: string): string => text.replace(/["\s<>]/g, '').toLowerCase();
  const all = (list: readonly (readonly (string | undefined)[])[]): string =>
    flat(list.map((one) => one.join('')).join(''));
  if (theirs.some(([, address]) => address.startsWith('"')) && all(ours) === all(theirs)) {
    return 'people: words before a bare address are a name here, part of the address there';
  }
  if (all(ours) === all(theirs)) return 'people: quotes and spaces';
  if (ours.length === 0 || theirs.length === 0)
    return 'people: what is no address is a name here, nothing there';
  return '? people: addresses';
}

function whyNames(
  raw: string,
  ours: readonly (readonly (string | undefined)[])[],
  theirs: readonly (readonly [string, string])[],
): string {
  const same = theirs.every(([name, address], at) => {
    const our = ours[at];
    return our !== undefined && (our[0] === oneSpace(name) || (our[0] === '' && name === address));
  });
  if (same) return 'people: a name that is the address again is left out';
  if (/\([^)]*\)/.test(raw)) return 'people: a name in a comment, which Python drops';
  if (raw.includes('=?')) return 'people: encoded words in names';
  return '? people: names';
}

function comparedLeaves(
  ours: readonly OurLeaf[],
  theirs: readonly PythonLeaf[],
  message: Buffer,
): readonly Difference[] {
  const types = (list: readonly string[]): string => list.join(' ');
  const ourTypes = types(ours.map(({ entity }) => entity.about.type));
  const theirTypes = types(theirs.map(({ type }) => type));
  if (ourTypes !== theirTypes)
    return [{ why: whyTypes(ours, theirs), theirs: theirTypes, ours: ourTypes }];
  return theirs.flatMap((their, index) => {
    const our = ours[index];
    return our ? comparedLeaf(our, their, message) : [];
  });
}

function whyTypes(ours: readonly OurLeaf[], theirs: readonly PythonLeaf[]): string {
  const boundary = ours.map(({ entity }) => entity.about.parameters.get('boundary'));
  if (boundary.includes('')) return 'structure: an empty boundary is none';
  if (theirs.some(({ type }) => !/^[\w.+-]+\/[\w.+-]+$/.test(type))) {
    return 'structure: Python takes what stands behind a type for a part of it';
  }
  if (
    ours.some(
      ({ entity }) =>
        entity.about.type.startsWith('message/') && entity.about.encoding !== 'identity',
    )
  ) {
    return 'structure: Python reads an encoded message without decoding it';
  }
  if (theirs.some(({ defects }) => defects.length > 0))
    return `structure: broken (${theirs.flatMap(({ defects }) => defects)[0]})`;
  return '? structure';
}

function comparedLeaf(our: OurLeaf, their: PythonLeaf, message: Buffer): readonly Difference[] {
  if (their.type.startsWith('message/')) return [];
  const digest = createHash('sha256').update(our.bytes).digest('hex');
  const differences: Difference[] = [];
  if (digest !== their.digest) {
    const why = whyBytes(our, their, message);
    return [
      {
        why,
        theirs: [their.bytes, their.text?.slice(-150), their.defects],
        ours: [
          our.entity.about.encoding,
          our.bytes.length,
          our.bytes.toString('latin1').slice(-150),
        ],
      },
    ];
  }
  if (their.text !== null && their.text !== our.text) {
    differences.push({
      why: whyText(our, their),
      theirs: at(their.text, our.text),
      ours: at(our.text, their.text),
    });
  }
  return differences;
}

/** Where two texts begin to differ. */
function at(text: string, other: string): string {
  let index = 0;
  while (index < text.length && text[index] === other[index]) index += 1;
  return text.slice(Math.max(0, index - 30), index + 60);
}

function whyBytes(our: OurLeaf, their: PythonLeaf, message: Buffer): string {
  void message;
  const { encoding } = our.entity.about;
  if (encoding !== 'base64' && /^>+From /m.test(their.text ?? ''))
    return 'bytes: the mailbox quoted a line "From ..."';
  if (encoding === 'base64' && their.defects.length > 0) return 'bytes: broken base64';
  if (their.defects.includes('MissingHeaderBodySeparatorDefect'))
    return 'bytes: a header line that is none is passed over';
  if (their.defects.includes('StartBoundaryNotFoundDefect'))
    return 'bytes: a multipart without parts is shown as it stands';
  if (
    our.entity.fields.some(({ value }) => /^(?:base64|quoted-printable)\s*;?$/i.test(value)) &&
    their.bytes > our.bytes.length &&
    encoding !== 'identity'
  )
    return 'bytes: an encoding with something behind it is none for Python';
  if (their.text?.replace(/\r\n?/g, '\n').trimEnd() === our.text.replace(/\r\n?/g, '\n').trimEnd())
    return 'bytes: line ends (bare CR; the last one of an unclosed part)';
  return '? bytes';
}

function whyText(our: OurLeaf, their: PythonLeaf): string {
  const declared = our.entity.about.parameters.get('charset') ?? '';
  if (saysNothing(declared)) return 'text: no charset, guessed';
  if (withWindowsCharacters(their.text ?? '') === our.text)
    return 'text: windows-1252, called ISO-8859-1';
  if (their.text?.replace(/^\ufeff/, '') === our.text) return 'text: a byte order mark';
  if (their.text?.includes('\ufffd') && !our.text.includes('\ufffd'))
    return 'text: what its charset does not allow is guessed';
  if (decoded(Buffer.from('x'), declared).guessed)
    return 'text: a charset that nobody knows is guessed';
  return `? text ${declared.toLowerCase()}`;
}
