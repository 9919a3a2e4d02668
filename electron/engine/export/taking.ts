/** What every form of export has in common: see `exporting.ts`. Types, and what they ask for. */

import type { ExportOptions } from '../../../shared/export-contract.ts';
import type { DialectReport } from '../../../shared/dialect-report.ts';
import type { Format } from '../../mailbox/format/format.ts';
import { type Requoting, takingBack } from '../../mailbox/format/quoting-stream.ts';
import type { ExportSource } from './source.ts';
import type { StoredMessage } from './stored-messages.ts';

export interface TakingRequest {
  readonly source: ExportSource;
  readonly options: ExportOptions;
  /** The file or folder to write. */
  readonly path: string;
  readonly ifTaken: 'number' | 'refuse';
  readonly signal: AbortSignal;
}

/** Takes messages, in order, and writes them in its form. */
export interface Taking {
  /** @param place which one it is, from 1 @throws GONE, CHANGED if it is left out; others end it all */
  take(message: StoredMessage, place: number): Promise<void>;
  /** Everything is durable when this returns. */
  finish(): Promise<void>;
  /** After an error: whole files stay, everything else goes. */
  abandon(): Promise<void>;
  /** What stands under its name by now. */
  readonly written: { readonly files: number; readonly bytes: number };
  /** The file or folder, as it is called. */
  readonly path: string;
}

/** How the text of messages is unquoted, by what is known of the archive and what was asked. */
export function unquoting(
  format: Format,
  report: DialectReport | null,
  { quoting = 'undo' }: ExportOptions,
): readonly Requoting[] {
  const how = format.name === 'mbox' && quoting === 'undo' ? takingBack(report?.quoting) : null;
  return how === null ? [] : [how];
}
