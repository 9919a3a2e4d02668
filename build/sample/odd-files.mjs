/** Messages of the sample with attachments: documents, cards, pictures, under names of every kind. */

import { pdf, vcard, zip } from './files.mjs';
import { filePart, multipart, textPart } from './mime.mjs';
import { COUSIN, VILLAGE } from './people.mjs';
import { DOT_GIF, landscape } from './pictures.mjs';

const [, , CLEM, DESMOND, , FARID, , , , JASPER] = VILLAGE;

const TREE = pdf(['The family tree of the Müller-Weiß family']);
const RECEIPT = pdf(['Received with thanks']);

/** @type {[kind: string, from: import('./people.mjs').Person, sent: [number, number], subject: string, text: string, file: {type: string, name: string, bytes: Buffer, nameField?: string}][]} */
const SENT = [
  [
    'zip',
    JASPER,
    [2008, 5],
    'The archive of The Marrow',
    'All issues so far, as text.',
    {
      type: 'application/zip',
      name: 'marrow-issues.zip',
      bytes: zip([
        ['1.txt', 'Issue one\n'],
        ['readme.txt', 'Nothing since.\n'],
      ]),
    },
  ],
  [
    'pdf',
    DESMOND,
    [2009, 1],
    'Accounts for the year',
    'As a PDF, because of the columns.',
    {
      type: 'application/pdf',
      name: 'accounts-2008.pdf',
      bytes: pdf(['Accounts 2008', 'Carried forward: 412.17', 'Cakes (300): 611.50']),
    },
  ],
  [
    'vcard',
    FARID,
    [2006, 9],
    'The new shop number',
    'Card attached.',
    { type: 'text/x-vcard; charset=utf-8', name: 'farid.vcf', bytes: vcard(FARID, 'Shopkeeper') },
  ],
  [
    'split-name',
    COUSIN,
    [2007, 9],
    'Your family tree',
    'With the whole name, for once.',
    {
      type: 'application/pdf',
      name: 'Stammbaum der Familie Müller-Weiß – vollständig und überprüft.pdf',
      bytes: TREE,
    },
  ],
  [
    'encoded-name',
    COUSIN,
    [2007, 10],
    'Your family tree, again',
    'In case the first did not open.',
    {
      type: 'application/pdf',
      name: 'Familienübersicht.pdf',
      nameField: ';\n filename="=?iso-8859-1?Q?Familien=FCbersicht=2Epdf?="',
      bytes: TREE,
    },
  ],
  [
    'gif',
    CLEM,
    [2003, 9],
    'A very small picture',
    'You will need your glasses.',
    { type: 'image/gif', name: 'dot.gif', bytes: DOT_GIF },
  ],
];

/** @param {import('./story.mjs').Story} story */
export function attachments(story) {
  for (const [kind, from, [year, month], subject, text, file] of SENT) {
    attached(story, { kind, from, subject, text, sentMs: story.moment(year, month, 21) }, file);
  }
  attached(
    story,
    {
      kind: 'large',
      from: COUSIN,
      subject: 'The prairie, in full',
      text: 'Sorry about the size. It is a large prairie.',
      sentMs: story.moment(2011, 6, 21),
    },
    { type: 'image/png', name: 'prairie.png', bytes: landscape(story.random, 1800, 1200) },
  );
  const receipt = { type: 'application/pdf', name: 'receipt.pdf' };
  story.send({
    kind: 'only-pdf',
    from: DESMOND,
    subject: 'Receipt',
    sentMs: story.moment(2010, 2, 21),
    part: filePart(RECEIPT, receipt),
    attachments: [{ ...receipt, bytes: RECEIPT.length }],
  });
}

function attached(story, draft, { bytes, ...file }) {
  const parts = [textPart(draft.text), filePart(bytes, file)];
  const { name, type } = file;
  story.send({
    ...draft,
    part: multipart('mixed', parts, story.boundary()),
    attachments: [{ name, type, bytes: bytes.length }],
  });
}
