/**
 * What is known of an archive as a catalog keeps it, and back: columns of bytes as they are, the rest
 * as JSON. What comes back is checked for its form only; whether it is true of the file, the mailbox
 * decides (`Mailbox.recall`).
 */

import os from 'node:os';
import { z } from 'zod';
import { dialectReportSchema } from '../../../shared/dialect-report.ts';
import { byteLength, digest } from '../../../shared/units.ts';
import { Envelopes } from '../../catalog/envelopes.ts';
import type { Stored, StoredHead } from '../../catalog/saved-catalog.ts';
import type { Steps } from '../../../shared/steps.ts';
import type { FileFacts } from '../../mailbox/disk/disk.ts';
import type { Identity } from '../../mailbox/disk/identity.ts';
import type { Contents } from '../../mailbox/toc/contents.ts';
import { bytesOf, wordsOf } from '../../mailbox/toc/columns.ts';
import { Keys } from '../../mailbox/toc/keys.ts';
import { Table } from '../../mailbox/toc/table.ts';
import { Glance, glanceText } from './glance.ts';

/** Grows whenever a scan, a fingerprint, a key, an envelope or a glance comes out otherwise than before. */
const READ_BY_VERSION = 7;

/** Of more messages the order by date is not kept: to make it takes a tenth of a second for a million. */
const ORDERED_MAX = 1_500_000;

/** What lists show besides. */
export interface Known {
  readonly contents: Contents;
  readonly envelopes: Envelopes;
  /** False if bytes were appended and the rest has not been compared with the file since. */
  readonly verified: boolean;
}

const decimal = z.string().regex(/^\d{1,20}$/);
const count = z.number().int().min(0);
const factsSchema = z.strictObject({
  readAs: z.string(),
  verified: z.boolean(),
  messages: count,
  preambleBytes: count,
  identity: z.strictObject({
    device: decimal,
    inode: decimal,
    size: count,
    modifiedNs: z.string().regex(/^-?\d{1,20}$/),
    changedNs: z.string().regex(/^-?\d{1,20}$/),
    tailDigest: z.string(),
  }),
  report: dialectReportSchema,
});

/** How an archive is read, on this kind of machine, by this version: what was read otherwise is no use. */
const readAsOf = (how: unknown): string => JSON.stringify([READ_BY_VERSION, os.endianness(), how]);

/**
 * How many messages a catalog's facts tell of; null if they are not those of the file as it is now.
 * @param file as it is now
 */
export function messagesIn(
  facts: string,
  file: Pick<FileFacts, 'size' | 'modifiedNs'>,
): number | null {
  try {
    const { identity, messages } = factsSchema.parse(JSON.parse(facts));
    const same = identity.size === file.size && identity.modifiedNs === `${file.modifiedNs}`;
    return same ? messages : null;
  } catch {
    return null;
  }
}

/**
 * In steps: of no use if what is known changes meanwhile.
 * @param archive its path
 * @param how it is read: anything that JSON tells apart
 */
export function* toStored(archive: string, how: unknown, known: Known): Steps<Stored> {
  const { contents, envelopes, verified } = known;
  const { table, keys, identity, report } = contents;
  const facts: Facts = {
    readAs: readAsOf(how),
    verified,
    messages: table.count,
    preambleBytes: table.preambleBytes,
    identity: {
      device: `${identity.device}`,
      inode: `${identity.inode}`,
      size: identity.size,
      modifiedNs: `${identity.modifiedNs}`,
      changedNs: `${identity.changedNs}`,
      tailDigest: identity.tailDigest,
    },
    report,
  };
  const orders = yield* ordersOf(envelopes, table.count);
  const isOrdered = envelopes.hasOrder('date', table.count);
  const glance = yield* glanceText(contents, envelopes, isOrdered ? 'known' : 'unknown');
  const places = yield* table.columns();
  const keyColumns = yield* keys.columns();
  const columns = new Map([
    ...named('table', places),
    ...named('keys', keyColumns),
    ...named('envelopes', envelopes.columns()),
    ...named('orders', orders),
  ]);
  return { archive, facts: JSON.stringify(facts), glance, columns };
}

type Facts = z.infer<typeof factsSchema>;

/** @returns null if it was read in another way */
function factsIn({ facts }: StoredHead, how: unknown): Facts | null {
  const parsed = factsSchema.safeParse(JSON.parse(facts));
  return parsed.success && parsed.data.readAs === readAsOf(how) ? parsed.data : null;
}

/** What can be shown before the columns are read, and of which file; null if it was read in another way. */
export function glanceIn(
  head: StoredHead,
  how: unknown,
): { readonly glance: Glance; readonly identity: Identity } | null {
  const facts = factsIn(head, how);
  if (!facts) return null;
  return { glance: new Glance(head.glance, facts.messages), identity: identityIn(facts) };
}

function identityIn({ identity }: Facts): Identity {
  return {
    device: BigInt(identity.device),
    inode: BigInt(identity.inode),
    size: byteLength(identity.size),
    modifiedNs: BigInt(identity.modifiedNs),
    changedNs: BigInt(identity.changedNs),
    tailDigest: digest(identity.tailDigest),
  };
}

/** @returns null if it was read in another way, or does not fit together */
export function fromStored(stored: Stored, how: unknown): Known | null {
  const facts = factsIn(stored, how);
  if (!facts) return null;
  const { messages, report, verified } = facts;
  const identity = identityIn(facts);
  const { size } = identity;
  const preambleBytes = byteLength(facts.preambleBytes);
  const of = (name: string): ReadonlyMap<string, Uint8Array> => part(name, stored.columns);
  const table = Table.restored(of('table'), { count: messages, preambleBytes, size });
  const keys = table && Keys.restored(of('keys'), table);
  const envelopes = Envelopes.restored(of('envelopes'), messages);
  if (!table || !keys || !envelopes) return null;
  const byDate = of('orders').get('date');
  const order = byDate && wordsOf(byDate, messages);
  if (order) envelopes.keepOrder('date', order);
  return { contents: { table, keys, identity, report }, envelopes, verified };
}

/** The order that people ask for most, so that it is there at once; more would have to wait for it. */
function* ordersOf(envelopes: Envelopes, messages: number): Steps<Columns> {
  if (messages > ORDERED_MAX) return new Map();
  return new Map([['date', bytesOf(yield* envelopes.orderSteps('date', messages))]]);
}

type Columns = ReadonlyMap<string, Uint8Array>;

const named = (prefix: string, columns: Columns): [string, Uint8Array][] =>
  [...columns].map(([name, bytes]) => [`${prefix}.${name}`, bytes]);

function part(prefix: string, columns: Columns): Columns {
  const start = `${prefix}.`;
  const ours = [...columns].filter(([name]) => name.startsWith(start));
  return new Map(ours.map(([name, bytes]) => [name.slice(start.length), bytes]));
}
