/** Messages of the sample whose bodies are strange: empty, broken, signed, a report, an invitation. */

import { uuencoded } from './encodings.mjs';
import { invitation } from './files.mjs';
import { asctime, multipart, rawPart, textPart } from './mime.mjs';
import { SOCIETY, VILLAGE } from './people.mjs';
import { emblem } from './pictures.mjs';
import { forwarded } from './village-life.mjs';

const [AGNES, BERNARD, CLEM, DESMOND, , FARID, GWEN, HORACE] = VILLAGE;

/** @param {import('./story.mjs').Story} story */
export function oddBodies(story) {
  const at = (year, month) => story.moment(year, month, 9);
  const plain = (text, transfer = '7bit') => textPart(text, { transfer });

  story.send({
    kind: 'no-body',
    from: CLEM,
    subject: 'I pressed send too soon',
    sentMs: at(2008, 1),
    part: rawPart('text/plain', ''),
  });
  story.send({
    kind: 'header-only',
    from: CLEM,
    subject: 'Nothing below the line',
    sentMs: at(2008, 2),
    part: { fields: [], body: Buffer.alloc(0) },
  });
  const from =
    'From the kitchen window one sees everything.\n>From the attic, more.\n>>From the tower, too much.';
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
    part: plain(
      `As text, because the bulletin board takes nothing else.\n\n${uuencoded(emblem(), 'emblem.png')}`,
    ),
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
    part: rawPart(
      'multipart/mixed; boundary="storm"',
      '\n--storm\n\nThe line went dead while I was\n',
    ),
  });
  story.send({
    kind: 'draft',
    from: AGNES,
    subject: 'Speech for the fair (not finished)',
    sentMs: at(2013, 7),
    text: 'Ladies and gentlemen, ducks,',
    flags: { draft: true },
  });
}

/** @param {import('./story.mjs').Story} story */
export function envelopes(story) {
  const sentMs = story.moment(2010, 6, 2);
  const guest = SOCIETY;
  const signedPart = textPart('The key of the hall is under the second pot.', { transfer: '7bit' });
  const signature =
    '-----BEGIN PGP SIGNATURE-----\n\niEYEABECAAYFAkexampleexample\n=wxyz\n-----END PGP SIGNATURE-----\n';
  story.send({
    kind: 'pgp-mime',
    from: DESMOND,
    subject: 'The key',
    sentMs: sentMs - 9_000_000,
    text: 'The key of the hall is under the second pot.',
    part: multipart(
      'signed; micalg=pgp-sha1;\n protocol="application/pgp-signature"',
      [signedPart, rawPart('application/pgp-signature; name=signature.asc', signature)],
      story.boundary(),
    ),
  });
  const text = 'Please come, and bring a chair.';
  const calendar = invitation({
    organiser: AGNES,
    guest,
    stamp: '20100612T143000Z',
    title: 'Tea on the green',
    place: 'The green',
  });
  story.send({
    kind: 'invitation',
    from: AGNES,
    subject: 'Invitation: Tea on the green',
    sentMs,
    text,
    part: multipart(
      'alternative',
      [
        textPart(text),
        rawPart('text/calendar; charset=utf-8; method=REQUEST', calendar.toString('latin1')),
      ],
      story.boundary(),
    ),
  });
  const inner = forwarded('The goose', 'It is ours. I have papers.', HORACE, sentMs);
  story.send({
    kind: 'attached-message',
    from: AGNES,
    subject: 'Fwd: The goose',
    sentMs: sentMs + 3_600_000,
    text: 'See below. I am saying nothing.',
    part: multipart(
      'mixed',
      [textPart('See below. I am saying nothing.'), inner],
      story.boundary(),
    ),
  });
  deliveryReport(story, sentMs + 7_200_000, inner);
}

/** RFC 3464. */
function deliveryReport(story, sentMs, returned) {
  const daemon = {
    name: 'Mail Delivery System',
    address: 'MAILER-DAEMON@marrowfield.example',
    zone: 0,
  };
  const text = `This is the mail system at host mail.marrowfield.example.\n\nYour message could not be delivered.\n\n<nobody@nowhere.example>: host unknown\n\n${asctime(sentMs)}`;
  const status =
    'Reporting-MTA: dns; mail.marrowfield.example\n\nFinal-Recipient: rfc822; nobody@nowhere.example\nAction: failed\nStatus: 5.4.4\nDiagnostic-Code: X-Postfix; host unknown\n';
  story.send({
    kind: 'delivery-report',
    from: daemon,
    to: [AGNES],
    subject: 'Undelivered Mail Returned to Sender',
    sentMs,
    text,
    part: multipart(
      'report; report-type=delivery-status',
      [textPart(text), rawPart('message/delivery-status', status), returned],
      story.boundary(),
    ),
    more: ['Auto-Submitted: auto-replied'],
  });
}
