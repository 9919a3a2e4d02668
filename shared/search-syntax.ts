/**
 * What a query may say: the one list of operators, with what help says of each. The parser
 * (`electron/catalog/query`) knows these, and no other.
 */

/** A query is no longer than this; what follows is not looked at. */
export const QUERY_LENGTH_MAX = 1000;

export const OPERATORS = [
  'from',
  'to',
  'cc',
  'subject',
  'body',
  'file',
  'type',
  'label',
  'list',
  'has',
  'is',
  'before',
  'after',
  'on',
  'larger',
  'smaller',
  'id',
] as const;
export type Operator = (typeof OPERATORS)[number];

export const IS_WHAT = [
  'unread',
  'read',
  'starred',
  'answered',
  'draft',
  'deleted',
  'marked',
] as const;
export type IsWhat = (typeof IS_WHAT)[number];

export const HAS_WHAT = ['attachment', 'label', 'list', 'cc', 'subject', 'date'] as const;
export type HasWhat = (typeof HAS_WHAT)[number];

export interface SyntaxHelp {
  readonly example: string;
  readonly says: string;
}

/** Help for the syntax, in the order in which people need it. */
export const SYNTAX_HELP: readonly {
  readonly title: string;
  readonly lines: readonly SyntaxHelp[];
}[] = [
  {
    title: 'Words',
    lines: [
      { example: 'harvest fair', says: 'both words, in sender, recipients, subject or text' },
      { example: '"harvest fair"', says: 'these words side by side' },
      { example: 'harvest OR fair', says: 'either of them' },
      { example: 'harvest -fair', says: 'the first without the second' },
      { example: 'anna (boat OR ferry)', says: 'parentheses say what belongs together' },
    ],
  },
  {
    title: 'Where',
    lines: [
      { example: 'from:anna', says: 'who wrote it, by name or address' },
      { example: 'to:village', says: 'to whom, those in copy left out' },
      { example: 'cc:anna', says: 'who got a copy' },
      { example: 'subject:report', says: 'only the subject' },
      { example: 'body:report', says: 'only the text' },
      { example: 'file:plan', says: 'the name of an attachment' },
      { example: 'type:pdf', says: 'an attachment of this kind: pdf, image, audio/mpeg' },
      {
        example: 'label:work',
        says: 'a label of Gmail or Thunderbird; in quotes, exactly this one',
      },
      { example: 'list:python', says: 'the mailing list' },
    ],
  },
  {
    title: 'When and how large',
    lines: [
      { example: 'on:2003-05', says: 'in a year, month or day: 2003, 2003-05, 2003-05-17' },
      { example: 'after:2003', says: 'from then on, that year included' },
      { example: 'before:2003-05-17', says: 'earlier, that day left out' },
      { example: 'after:30d', says: 'in the last 30 days; likewise 2w, 3m, 2y' },
      { example: 'larger:5M', says: 'with all its attachments; likewise 10k, 1G' },
      { example: 'smaller:10k', says: 'less than that' },
    ],
  },
  {
    title: 'What it is',
    lines: [
      { example: 'has:attachment', says: 'likewise label, list, cc, subject, date' },
      { example: 'is:unread', says: 'likewise read, starred, answered, draft, deleted, marked' },
      { example: 'id:abc@example.org', says: 'the one with this Message-ID' },
    ],
  },
];
