/** One message of every kind that a reader of old mail must bear. Imports the parts of the sample. */

import { uuencoded } from './encodings.mjs';
import { encoded } from './charsets.mjs';
import { invitation, pdf, vcard, zip } from './files.mjs';
import { asctime, filePart, multipart, rawPart, textPart } from './mime.mjs';
import { COUSIN, SOCIETY, VILLAGE } from './people.mjs';
import { DOT_GIF, emblem, landscape } from './pictures.mjs';
import { forwarded } from './village-life.mjs';

const [AGNES, BERNARD, CLEM, DESMOND, , FARID, GWEN, HORACE, , JASPER] = VILLAGE;

/** @param {import('./story.mjs').Story} story */
export function oddHeaders(story) {
  const at = (year, month) => story.moment(year, month, 14);
  const text = 'The form is at the shop. Please return it by Friday, signed, and not as a boat.';
  const odd = (kind, draft) => story.send({ kind, from: BERNARD, subject: 'The form', text, ...draft });

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
  odd('no-from', { sentMs: at(2005, 9), written: { from: null }, shown: { from: BERNARD.address } });
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
  odd('long-subject', { sentMs: at(2007, 1), subject: long, written: { subject: long.replace(/ \(/g, '\n (') } });
  odd('group', {
    sentMs: at(2007, 2),
    written: { to: 'Bell ringers: percy@marrowfield.example, "Crook, Nat" <nat@marrowfield.example>;' },
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

/** @param {import('./story.mjs').Story} story */
export function oddBodies(story) {
  const at = (year, month) => story.moment(year, month, 9);
  const plain = (text, transfer = '7bit') => textPart(text, { transfer });

  story.send({
    kind: 'no-body', from: CLEM, subject: 'I pressed send too soon', sentMs: at(2008, 1), part: rawPart('text/plain', ''),
  });
  story.send({
    kind: 'header-only', from: CLEM, subject: 'Nothing below the line', sentMs: at(2008, 2), part: { fields: [], body: Buffer.alloc(0) },
  });
  const from = 'From the kitchen window one sees everything.\n>From the attic, more.\n>>From the tower, too much.';
  story.send({
    kind: 'from-lines',
    from: HORACE,
    subject: 'Where the duck was seen',
    sentMs: at(2008, 3),
    text: from,
    part: plain(`Reports so far:\n\n${from}\n\nFrom what I hear, it is well.`),
  });
  story.send({
    kind: 'html-only',
    from: FARID,
    subject: 'New at the shop',
    sentMs: at(2009, 5),
    text: 'New this week: figs, proper bread, stamps.',
    part: textPart(
      '<html><body bgcolor="#ffffff"><p>New this week: <b>figs</b>, proper bread, stamps.<br>' +
        '<img src="http://shop.example/pixel.gif" width="1" height="1"><a href="http://shop.example/figs">About the figs</a></p>' +
        '<script>document.title = "no"</script></body></html>',
      { subtype: 'html' },
    ),
  });
  story.send({
    kind: 'uuencode',
    from: BERNARD,
    subject: 'The emblem, for your letterhead',
    sentMs: at(2001, 6),
    text: 'As text, because the bulletin board takes nothing else.',
    part: plain(`As text, because the bulletin board takes nothing else.\n\n${uuencoded(emblem(), 'emblem.png')}`),
  });
  story.send({
    kind: 'pgp-inline',
    from: DESMOND,
    subject: 'Balance, signed',
    sentMs: at(2006, 5),
    text: 'Balance: 412.17',
    part: plain(
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nBalance: 412.17\n-----BEGIN PGP SIGNATURE-----\n\niD8DBQFEexampleexampleexampleexample\n=abcd\n-----END PGP SIGNATURE-----',
    ),
  });
  story.send({
    kind: 'unclosed-multipart',
    from: GWEN,
    subject: 'Cut off by the storm',
    sentMs: at(2010, 8),
    text: 'The line went dead while I was',
    part: rawPart('multipart/mixed; boundary="storm"', '\n--storm\n\nThe line went dead while I was\n'),
  });
  story.send({
    kind: 'draft', from: AGNES, subject: 'Speech for the fair (not finished)', sentMs: at(2013, 7), text: 'Ladies and gentlemen, ducks,', flags: { draft: true },
  });
}

/** @param {import('./story.mjs').Story} story */
export function attachments(story) {
  const at = (year, month) => story.moment(year, month, 21);
  const attached = (kind, from, subject, sentMs, text, files, more = {}) =>
    story.send({
      kind,
      from,
      subject,
      sentMs,
      text,
      part: multipart('mixed', [textPart(text), ...files.map(({ bytes, ...file }) => filePart(bytes, file))], story.boundary()),
      attachments: files.map(({ name, type, bytes }) => ({ name, type, bytes: bytes.length })),
      ...more,
    });

  attached('zip', JASPER, 'The archive of The Marrow', at(2008, 5), 'All issues so far, as text.', [
    { type: 'application/zip', name: 'marrow-issues.zip', bytes: zip([['1.txt', 'Issue one\n'], ['readme.txt', 'Nothing since.\n']]) },
  ]);
  attached('pdf', DESMOND, 'Accounts for the year', at(2009, 1), 'As a PDF, because of the columns.', [
    { type: 'application/pdf', name: 'accounts-2008.pdf', bytes: pdf(['Accounts 2008', 'Carried forward: 412.17', 'Cakes (300): 611.50']) },
  ]);
  attached('vcard', FARID, 'The new shop number', at(2006, 9), 'Card attached.', [
    { type: 'text/x-vcard; charset=utf-8', name: 'farid.vcf', bytes: vcard(FARID, 'Shopkeeper') },
  ]);
  attached('split-name', COUSIN, 'Your family tree', at(2007, 9), 'With the whole name, for once.', [
    { type: 'application/pdf', name: 'Stammbaum der Familie Müller-Weiß – vollständig und überprüft.pdf', bytes: pdf(['A tree']) },
  ]);
  attached('encoded-name', COUSIN, 'Your family tree, again', at(2007, 10), 'In case the first did not open.', [
    { type: 'application/pdf', name: 'Familienübersicht.pdf', bytes: pdf(['A tree']), nameField: ';\n filename="=?iso-8859-1?Q?Familien=FCbersicht=2Epdf?="' },
  ]);
  attached('gif', CLEM, 'A very small picture', at(2003, 9), 'You will need your glasses.', [
    { type: 'image/gif', name: 'dot.gif', bytes: DOT_GIF },
  ]);
  attached('large', COUSIN, 'The prairie, in full', at(2011, 6), 'Sorry about the size. It is a large prairie.', [
    { type: 'image/png', name: 'prairie.png', bytes: landscape(story.random, 1800, 1200) },
  ]);
  story.send({
    kind: 'only-pdf',
    from: DESMOND,
    subject: 'Receipt',
    sentMs: at(2010, 2),
    part: filePart(pdf(['Received with thanks']), { type: 'application/pdf', name: 'receipt.pdf' }),
    attachments: [{ name: 'receipt.pdf', type: 'application/pdf', bytes: pdf(['Received with thanks']).length }],
  });
}

/** @param {import('./story.mjs').Story} story */
export function envelopes(story) {
  const sentMs = story.moment(2010, 6, 2);
  const guest = SOCIETY;
  const signedPart = textPart('The key of the hall is under the second pot.', { transfer: '7bit' });
  const signature = '-----BEGIN PGP SIGNATURE-----\n\niEYEABECAAYFAkexampleexample\n=wxyz\n-----END PGP SIGNATURE-----\n';
  story.send({
    kind: 'pgp-mime',
    from: DESMOND,
    subject: 'The key',
    sentMs: sentMs - 9_000_000,
    text: 'The key of the hall is under the second pot.',
    part: multipart('signed; micalg=pgp-sha1;\n protocol="application/pgp-signature"', [
      signedPart,
      rawPart('application/pgp-signature; name=signature.asc', signature),
    ], story.boundary()),
  });
  const text = 'Please come, and bring a chair.';
  const calendar = invitation({ organiser: AGNES, guest, stamp: '20100612T143000Z', title: 'Tea on the green', place: 'The green' });
  story.send({
    kind: 'invitation',
    from: AGNES,
    subject: 'Invitation: Tea on the green',
    sentMs,
    text,
    part: multipart('alternative', [
      textPart(text),
      rawPart('text/calendar; charset=utf-8; method=REQUEST', calendar.toString('latin1')),
    ], story.boundary()),
  });
  const inner = forwarded('The goose', 'It is ours. I have papers.', HORACE, sentMs);
  story.send({
    kind: 'attached-message',
    from: AGNES,
    subject: 'Fwd: The goose',
    sentMs: sentMs + 3_600_000,
    text: 'See below. I am saying nothing.',
    part: multipart('mixed', [textPart('See below. I am saying nothing.'), inner], story.boundary()),
  });
  deliveryReport(story, sentMs + 7_200_000, inner);
}

/** RFC 3464. */
function deliveryReport(story, sentMs, returned) {
  const daemon = { name: 'Mail Delivery System', address: 'MAILER-DAEMON@marrowfield.example', zone: 0 };
  const text = `This is the mail system at host mail.marrowfield.example.\n\nYour message could not be delivered.\n\n<nobody@nowhere.example>: host unknown\n\n${asctime(sentMs)}`;
  const status = 'Reporting-MTA: dns; mail.marrowfield.example\n\nFinal-Recipient: rfc822; nobody@nowhere.example\nAction: failed\nStatus: 5.4.4\nDiagnostic-Code: X-Postfix; host unknown\n';
  story.send({
    kind: 'delivery-report',
    from: daemon,
    to: [AGNES],
    subject: 'Undelivered Mail Returned to Sender',
    sentMs,
    text,
    part: multipart('report; report-type=delivery-status', [
      textPart(text),
      rawPart('message/delivery-status', status),
      returned,
    ], story.boundary()),
    more: ['Auto-Submitted: auto-replied'],
  });
}
