/**
 * What other programs import of this folder: `import { Mailbox } from 'mailkeep/mailbox'`. README.md has
 * an example; `npm run docs` writes a page for each name.
 */

// biome-ignore lint/performance/noBarrelFile: the one door for other programs; nothing of ours imports it.
export { type ErrorCode, type ErrorDetails, MailboxError } from '../../shared/errors.ts';
export type { Diff } from '../../shared/diff.ts';
export type { DialectReport, FormatName, Rule } from '../../shared/dialect-report.ts';
export type { Conflict } from '../../shared/contract.ts';
export type { LockState } from '../../shared/status.ts';
export {
  type Amount,
  type ByteLength,
  type ByteOffset,
  type Digest,
  type Key,
  key,
  type MessageNumber,
  messageNumber,
} from '../../shared/units.ts';
export type { Addition } from './additions.ts';
export type { Disk, FileFacts, OpenFile, OpenMode } from './disk/disk.ts';
export { realDisk } from './disk/real-disk.ts';
export { DEFAULT_READING, type ReadAs, type Reading } from './format/format.ts';
export type { Overruling } from './format/overruling.ts';
export type { LockWait } from './lock/hold.ts';
export { Mailbox } from './mailbox.ts';
export { type FlushResult, type MailboxOptions, QUIET, type Work } from './mailbox-options.ts';
export type { Access } from './open-mailbox.ts';
export type { Contents, Regenerated, Renumbering } from './toc/contents.ts';
export type { Keys } from './toc/keys.ts';
export type { Fingerprint, Span, Table } from './toc/table.ts';
