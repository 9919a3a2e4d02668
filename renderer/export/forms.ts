/** The forms of an export, in the order in which they are offered. */

import type { ExportForm } from '../../shared/export-contract.ts';
import type { Status } from '../../shared/status.ts';

const FORMS: readonly ExportForm[] = [
  'eml',
  'mboxrd',
  'mbox',
  'maildir',
  'mh',
  'csv',
  'json',
  'attachments',
];

/** Only an mbox can be copied byte for byte into an mbox. */
export const formsFor = (status: Status | null): readonly ExportForm[] =>
  FORMS.filter((as) => as !== 'mbox' || status?.format === 'mbox');
