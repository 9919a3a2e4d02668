/** Letters that show what the reader can: HTML with pictures and links, quotes, attachments, cards. */

/** A green picture of 120 by 60 pixels, as BMP: no compressor is needed to write it. */
export function picture(): Buffer {
  const [width, height] = [120, 60];
  const head = Buffer.alloc(54);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(54 + width * height * 3, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, Buffer.alloc(width * height * 3, Buffer.from([0x5c, 0x6f, 0x1d]))]);
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\n');

export function letter(name: string, subject: string, rest: string): string {
  const address = `${name.toLowerCase()}@shop.example`;
  return (
    `From ${address} Thu Jan  1 10:00:00 2004\nFrom: ${name} <${address}>\nTo: Reader <reader@example.org>\n` +
    `Date: Thu, 1 Jan 2004 10:00:00 +0100\nMIME-Version: 1.0\nSubject: ${subject}\n${rest}\n\n`
  );
}

export function attached(name: string, type: string, content: Buffer): string {
  return (
    `--B\nContent-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n` +
    `Content-Transfer-Encoding: base64\n\n${base64(content)}\n`
  );
}

const SALE = `<html><head><style>td{padding:8px}.head{color:#fff;background:#7a1f3d}</style></head>
<body bgcolor="#faf6ef"><table width="100%"><tr><td class="head"><h1>Spring sale</h1></td></tr><tr><td>
Dear customer, everything is <b style="color:#7a1f3d">half price</b>. <a href="http://shop.example/sale">See the list</a>.
<p>Your bank: <a href="http://login.attacker.example/">https://www.mybank.example/login</a></p>
<p><a href="http://button.attacker.example/"><img src="cid:gone" alt="www.mybank.example"></a></p>
<p><img src="cid:pic@x" alt="green"><img src="CID://&lt;PIC@x&gt;" alt="green"> <img src="http://pictures.example/one.gif" width=120 height=60 alt="Logo of the shop">
<img src="http://pictures.example/two.gif" width=1 height=1><img src="http://pictures.example/three.gif" width=80 height=60 alt="Flowers">
<img src="http://127.0.0.1/router.gif"><img src="http://printer.local/status.gif"></p></td></tr></table></body></html>`;

/** HTML with a picture it carries, five that it does not, a plain link, one that deceives, and a picture that does. */
const sale = letter(
  'Anna',
  'Spring sale',
  `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n\n${SALE}\n` +
    `--B\nContent-Type: image/bmp\nContent-ID: <pic@x>\nContent-Disposition: inline; filename=pic.bmp\n` +
    `Content-Transfer-Encoding: base64\n\n${base64(picture())}\n--B--`,
);

const plainHtml = letter(
  'Ben',
  'HTML without colours',
  'Content-Type: text/html; charset=utf-8\n\n<p>Hello all,</p><p>no <b>colours</b> here, only a <a href="https://example.org/x">link</a> and the word needle, another nee<b>dle</b>.</p><blockquote>quoted</blockquote>',
);

const quotes = letter(
  'Carl',
  'Re: The meeting',
  `Content-Type: text/plain; charset=utf-8\n\nOn Monday Ann wrote:\n> On Sunday Carl wrote:\n>> I think that it should be moved.\n>> There are three reasons:\n>> the hall is closed,\n>> the mayor is away,\n>> and it snows.\n> I agree with all three.\n> But who tells the others?\n\nI will. See http://village.example/meeting or the needle.\n\nCarl\n-- \nCarl Carter, Mill Lane 3`,
);

const files = letter(
  'Dora',
  'Five files',
  `Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-8\n\nHere are the files.\n\n` +
    attached('garden.bmp', 'image/bmp', picture()) +
    attached('report.pdf', 'application/pdf', Buffer.from('%PDF-1.4 nothing\n'.repeat(900))) +
    attached('notes.txt', 'text/plain', Buffer.from('First line\nZweite Zeile äöü\n')) +
    attached('invoice.pdf.exe', 'application/octet-stream', Buffer.from('MZ harmless')) +
    attached('photos.zip', 'application/zip', Buffer.from('PK harmless')) +
    '--B--',
);

const invitation = letter(
  'Emil',
  'Invitation',
  `Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=B\n\n--B\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20040101T100000Z\nSUMMARY:Meeting in the hall\nLOCATION:Village hall\nDTSTART:20040105T180000Z\nDTEND:20040105T200000Z\nORGANIZER;CN=Emil:mailto:emil@shop.example\nEND:VEVENT\nEND:VCALENDAR\n--B\nContent-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\nxx\n-----END PGP SIGNATURE-----\n--B--`,
);

/** Bytes that are no UTF-8, and no word about what they are: guessed, and another set can be chosen. */
const unlabelled = Buffer.concat([
  Buffer.from(letter('Fritz', 'Unlabelled', 'Content-Type: text/plain\n\nSch').trimEnd()),
  Buffer.from([0xf6]),
  Buffer.from('ne Gr'),
  Buffer.from([0xfc, 0xdf]),
  Buffer.from('e\n\n'),
]);

export const LETTERS = Buffer.concat([
  ...[sale, plainHtml, quotes, files, invitation].map((one) => Buffer.from(one)),
  unlabelled,
]);
/** Their places in the list, from 1. */
export const SALE_ROW = 1;
export const PLAIN_HTML_ROW = 2;
export const QUOTES_ROW = 3;
export const FILES_ROW = 4;
export const INVITATION_ROW = 5;
export const UNLABELLED_ROW = 6;
