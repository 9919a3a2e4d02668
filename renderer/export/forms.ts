/** The forms of an export, in words. */

import type { ExportForm } from '../../shared/export-contract.ts';
import type { Status } from '../../shared/status.ts';

interface FormInWords {
  readonly as: ExportForm;
  readonly label: string;
  readonly about: string;
}

export const FORMS: readonly FormInWords[] = [
  {
    as: 'eml',
    label: 'Files (.eml)',
    about: 'One file for each message, which nearly every mail program opens.',
  },
  {
    as: 'mboxrd',
    label: 'Mail archive (mbox)',
    about: 'One file that other programs read as an archive; quoting can be taken back.',
  },
  {
    as: 'mbox',
    label: 'Mail archive, byte for byte',
    about: 'One mbox with every message exactly as it is stored here.',
  },
  {
    as: 'maildir',
    label: 'Maildir',
    about: 'A folder for mail servers and programs such as Dovecot and mutt, with flags.',
  },
  {
    as: 'mh',
    label: 'MH folder',
    about: 'Numbered files, with the sequences unseen, flagged and replied.',
  },
  {
    as: 'csv',
    label: 'Table (CSV)',
    about: 'Sender, subject, date and flags, for spreadsheets. No text of messages.',
  },
  {
    as: 'json',
    label: 'Table (JSON lines)',
    about: 'The same for programs, one value a line.',
  },
  {
    as: 'attachments',
    label: 'Attachments',
    about: 'Only the files that are attached to the messages.',
  },
];

/** Only an mbox can be copied byte for byte into an mbox. */
export const formsFor = (status: Status | null): readonly FormInWords[] =>
  FORMS.filter(({ as }) => as !== 'mbox' || status?.format === 'mbox');
