/** Names and headers: of files, of people, of subjects; what they are taken for, and where they end up. */

import { FILE, headAttack, HOST, nameAttack, rawAttack, RUN_SHORT, type Attack } from './attack.ts';

const RTL = '\u202e';
const IMG = `<img src=x onerror=${RUN_SHORT}>`;

const files: Readonly<Record<string, string>> = {
  'path upwards': '../../../../tmp/mailkeep-up.txt',
  'path upwards, backwards': '..\\\\..\\\\..\\\\mailkeep-up.txt',
  'absolute path': '/tmp/mailkeep-absolute.txt',
  'the canary': FILE,
  'drive of Windows': 'C:\\\\Windows\\\\mailkeep.txt',
  'share of Windows': `\\\\\\\\${HOST}\\\\share\\\\x.txt`,
  'name of a device': 'CON',
  'name of a device with an ending': 'nul.txt',
  'second stream': 'x.txt:hidden.exe',
  'home of a person': '~/.bashrc',
  'dot file': '.bashrc',
  'only dots': '..',
  'one dot': '.',
  'only spaces': '   ',
  'a letter that turns': `invoice${RTL}fdp.exe`,
  'letters that cannot be seen': 'invoice\u200b\u2060.pdf\u200b.exe',
  'spaces before the ending': `invoice.pdf${' '.repeat(200)}.exe`,
  'dots behind': 'program.exe...',
  'two endings': 'photo.jpg.js',
  'a thousand letters': `${'a'.repeat(1000)}.txt`,
  'a tag': `${IMG}.txt`,
  'a command': '$(touch mailkeep-ran).txt',
  'a command in backticks': '`touch mailkeep-ran`.txt',
  'a pipe': '|touch mailkeep-ran',
  'an option': '--no-preserve-root',
  'a dash in front': '-rf',
  'an address': 'file:///etc/passwd',
  'a javascript address': `javascript:${RUN_SHORT}`,
  'percent signs': '%2e%2e%2f%2e%2e%2fmailkeep-percent.txt',
  'a desktop entry': 'holiday.desktop',
  'a shortcut': 'holiday.lnk',
  'other slashes': '..\u2215..\u2044mailkeep-slash.txt',
};

const fileAttacks: readonly Attack[] = [
  ...Object.entries(files).map(([name, file]) =>
    nameAttack(`file name: ${name}`, `filename="${file}"`),
  ),
  nameAttack('file name: an end of line in the middle', 'filename="a\n .txt"'),
  nameAttack(
    'file name: encoded end of line',
    "filename*=utf-8''a%0d%0aX-Injected:%20yes%0d%0a.txt",
  ),
  nameAttack('file name: encoded NUL', "filename*=utf-8''safe.txt%00.exe"),
  nameAttack('file name: encoded path', "filename*=utf-8''..%2f..%2fmailkeep-encoded.txt"),
  nameAttack(
    'file name: encoded word with a path',
    'filename="=?utf-8?q?..=2F..=2Fmailkeep-word.txt?="',
  ),
  nameAttack(
    'file name: overlong slashes',
    "filename*=utf-8''..%c0%af..%c0%afmailkeep-overlong.txt",
  ),
  nameAttack('file name: two that differ', 'filename="safe.txt"; filename*=utf-8\'\'evil.exe'),
  nameAttack('file name: type says program', 'filename="picture.png"', 'application/x-msdownload'),
  nameAttack('file name: type says page', 'filename="picture.png"', 'text/html'),
];

const heads: readonly Attack[] = [
  headAttack('subject: tags', `From: x@y.example\nSubject: ${IMG}<script>${RUN_SHORT}</script>`),
  headAttack(
    'subject: encoded tags',
    `From: x@y.example\nSubject: =?utf-8?q?=3Cimg_src=3Dx_onerror=3D${RUN_SHORT}=3E?=`,
  ),
  headAttack(
    'subject: encoded end of line',
    'From: x@y.example\nSubject: =?utf-8?q?a=0D=0ABcc:_victim@y.example?=',
  ),
  headAttack('subject: turns around', `From: x@y.example\nSubject: ${RTL}gnihtemos`),
  headAttack(
    'subject: a hundred thousand combining marks',
    `From: x@y.example\nSubject: Z${'\u0300'.repeat(100_000)}`,
  ),
  headAttack('subject: controls', 'From: x@y.example\nSubject: \x1b]0;title\x07\x1b[2J'),
  headAttack('from: tags', `From: "${IMG}" <x@y.example>\nSubject: from: tags`),
  headAttack(
    'from: another address as the name',
    `From: "boss@mybank.example" <x@${HOST}>\nSubject: from: another address`,
  ),
  headAttack(
    'from: two of them',
    'From: a@y.example\nFrom: b@y.example\nSubject: from: two of them',
  ),
  headAttack('from: NUL in the address', 'From: a@mybank.example\0@y.example\nSubject: from: NUL'),
  headAttack('from: turns around', `From: "${RTL}knab" <x@y.example>\nSubject: from: turns around`),
  headAttack(
    'field names: tags',
    `From: x@y.example\nSubject: field names: tags\n${IMG}: x\nX-Y: ${IMG}`,
  ),
  headAttack(
    'list: javascript to unsubscribe',
    `From: x@y.example\nSubject: list\nList-Unsubscribe: <javascript:${RUN_SHORT}>, <http://${HOST}/u>`,
  ),
  headAttack(
    'face: a picture',
    `From: x@y.example\nSubject: face\nFace: http://${HOST}/face.png\nX-Image-URL: http://${HOST}/x.png`,
  ),
  headAttack(
    'receipt wanted',
    `From: x@y.example\nSubject: receipt\nDisposition-Notification-To: x@${HOST}\nReturn-Receipt-To: x@${HOST}`,
  ),
  rawAttack(
    'content id: tags',
    `Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<img src="cid:&quot;&gt;&lt;script&gt;${RUN_SHORT}">\n--B\nContent-Type: image/png\nContent-ID: <"><script>${RUN_SHORT}>\n\nx\n--B--`,
  ),
  rawAttack(
    'content location: a file',
    'Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<img src="file:///etc/passwd">\n--B\nContent-Type: image/png\nContent-Location: file:///etc/passwd\n\nx\n--B--',
  ),
  rawAttack(
    'content base: elsewhere',
    `Content-Base: http://${HOST}/\nContent-Type: text/html\n\n<img src="relative.png"><a href="x">x</a>`,
  ),
];

export const nameAttacks = [...fileAttacks, ...heads];
