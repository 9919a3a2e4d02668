/** Messages of the sample with every kind of header that a reader of old mail must bear. */

import { encoded } from './charsets.mjs';
import { textPart } from './mime.mjs';
import { VILLAGE } from './people.mjs';

const BERNARD = VILLAGE[1];

/** @param {import('./story.mjs').Story} story */
export function oddHeaders(story) {
  const at = (year, month) => story.moment(year, month, 14);
  const text = 'The form is at the shop. Please return it by Friday, signed, and not as a boat.';
  const odd = (kind, draft) =>
    story.send({ kind, from: BERNARD, subject: 'The form', text, ...draft });

  odd('no-date', { sentMs: at(2004, 3), written: { date: null } });
  odd('unreadable-date', { sentMs: at(2004, 4), written: { date: 'sometime after lunch' } });
  odd('two-digit-year', {
    sentMs: Date.UTC(2002, 4, 3, 9, 30),
    written: { date: '3 May 02 05:30 EDT' },
  });
  odd('asctime-date', {
    sentMs: Date.UTC(2003, 4, 3, 9, 30, 5),
    written: { date: 'Sat May  3 09:30:05 2003' },
  });
  odd('no-subject', { sentMs: at(2005, 7), subject: '', written: { subject: null } });
  odd('empty-subject', { sentMs: at(2005, 8), subject: '', written: { subject: '' } });
  odd('no-from', {
    sentMs: at(2005, 9),
    written: { from: null },
    shown: { from: BERNARD.address },
  });
  odd('raw-utf8-header', {
    sentMs: at(2006, 2),
    subject: 'Crème brûlée at the hall – 5 €',
    written: { subject: Buffer.from('Crème brûlée at the hall – 5 €').toString('latin1') },
  });
  odd('raw-8bit-header', {
    sentMs: at(2002, 2),
    subject: 'Café at the hall – “open”',
    written: { subject: encoded('Café at the hall – “open”', 'windows-1252').toString('latin1') },
  });
  odd('unknown-charset', {
    sentMs: at(2002, 11),
    subject: 'Crêpes',
    written: { subject: '=?x-marrowfield?Q?Cr=EApes?=' },
  });
  odd('utf-7', {
    sentMs: at(2001, 11),
    subject: 'Grüße',
    written: { subject: '=?utf-7?Q?Gr+APwA3w-e?=' },
    text: 'Grüße an alle!',
    part: textPart('Grüße an alle!', { charset: 'utf-7', transfer: '7bit' }),
  });
  const long = `On the question of whether the goose ${'(that is, the goose mentioned under item one) '.repeat(24)}is ours`;
  odd('long-subject', {
    sentMs: at(2007, 1),
    subject: long,
    written: { subject: long.replace(/ \(/g, '\n (') },
  });
  odd('group', {
    sentMs: at(2007, 2),
    written: {
      to: 'Bell ringers: percy@marrowfield.example, "Crook, Nat" <nat@marrowfield.example>;',
    },
  });
  odd('quoted-name', {
    sentMs: at(2007, 3),
    written: { from: '"Blunt, Horace (ducks)" <horace@marrowfield.example>' },
    shown: { from: 'Blunt, Horace (ducks)' },
  });
  odd('comment-name', {
    sentMs: at(2001, 3),
    written: { from: 'horace@marrowfield.example (Horace Blunt)' },
    shown: { from: 'Horace Blunt' },
  });
  odd('bidi-override', {
    sentMs: at(2012, 3),
    subject: 'Invoice fdp.exe',
    written: { subject: '=?utf-8?Q?Invoice_=E2=80=AEfdp=2Eexe?=' },
  });
}
