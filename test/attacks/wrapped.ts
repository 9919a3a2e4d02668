/** What is wrapped: parts inside of signatures, pictures beside a document, boundaries that nobody announced. */

import { opaque } from '../support/cms.ts';
import { type Attack, HOST, htmlAttack, rawAttack, RUN, RUN_SHORT } from './attack.ts';

const PAGE = `Content-Type: text/html\n\n<script>${RUN}</script><img src=x onerror=${RUN_SHORT}><img src=http://${HOST}/seen>`;
const SIGNED = 'Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n';
const lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\n');
const signed = (content: string | Buffer): string =>
  `${SIGNED}Content-Transfer-Encoding: base64\n\n${lines(opaque(Buffer.from(content), 'indefinite'))}`;

function nested(times: number): string {
  let inner = PAGE;
  for (let time = 0; time < times; time++) inner = signed(inner);
  return inner;
}

const related = (type: string, content: string, id = 'a@x'): string =>
  `--B\nContent-Type: ${type}\nContent-ID: <${id}>\nContent-Location: picture/0\n\n${content}\n`;
const withParts = (html: string, ...parts: string[]): string =>
  `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n${html}\n${parts.join('')}--B--`;
const GIF = 'GIF89a\x01\0\x01\0\0\0\0;;;;;;;;;;;;;;;;;;;;;;;;;;';

export const wrapped: readonly Attack[] = [
  rawAttack('wrapped: a page in a signature', signed(PAGE)),
  rawAttack('wrapped: signatures in signatures', nested(12)),
  rawAttack(
    'wrapped: a signature that is all beginnings',
    `${SIGNED}\n${'\x30\x80'.repeat(50_000)}`,
  ),
  rawAttack(
    'wrapped: a page under the name of a picture',
    withParts(
      '<img src="cid:a@x"><a href="cid:a@x">x</a>',
      related('image/png', `<script>${RUN}</script>`),
    ),
  ),
  rawAttack(
    'wrapped: a picture that goes on as a page',
    withParts(
      '<img src="cid:a@x"><iframe src="cid:a@x"></iframe><object data="picture/0"></object>',
      related('image/gif', `${GIF}<script>${RUN}</script>`),
    ),
  ),
  rawAttack(
    'wrapped: a picture asked for in every way',
    withParts(
      '<link rel=stylesheet href="picture/0"><script src="picture/0"></script><embed src="picture/0">' +
        '<body background="picture/0"><table background="cid:a@x"><style>@import "picture/0";p{background:url(cid:a@x)}</style>' +
        `<p style="background:url(picture/0)">x<a href="picture/0">x</a>`,
      related('image/gif', `${GIF}*{color:red}alert(1)`),
    ),
  ),
  rawAttack(
    'wrapped: twenty thousand places for one picture',
    withParts('<img src="cid:a@x">'.repeat(20_000), related('image/gif', GIF)),
  ),
  htmlAttack(
    'wrapped: the picture of another document',
    `<img src="mailkeep-message://message/${'0'.repeat(32)}/picture/0">`,
  ),
  rawAttack(
    'wrapped: boundaries that nobody announced',
    `Content-Type: multipart/mixed\n\n${Array.from({ length: 5000 }, (_none, at) => `--b${at}\nContent-Type: multipart/mixed\n\n`).join('')}`,
  ),
  rawAttack(
    'wrapped: lines that could be boundaries',
    `Content-Type: multipart/mixed; boundary=never\n\n${'--x\nContent\n'.repeat(100_000)}`,
  ),
  rawAttack(
    'wrapped: HTML that does not say so',
    `X: y\n\n<html><script>${RUN}</script><img src=http://${HOST}/seen>`,
  ),
  rawAttack(
    'wrapped: excerpts without end',
    `Content-Type: text/enriched\n\n${'<excerpt>a\n\n'.repeat(50_000)}`,
  ),
];
