/** What a message may cost and be taken for: HTML before it is parsed, pictures, files, source. */

import { describe, expect, it } from 'vitest';
import { isPublicWebAddress } from '../../../../electron/main/public-address.ts';
import { withinBounds } from '../../../../renderer/reader/html/html-bounds.ts';
import { pictureFacts } from '../../../../renderer/reader/html/picture-facts.ts';
import { visibleSource } from '../../../../renderer/reader/visible-source.ts';
import { dangerOf, endingOf } from '../../../../shared/file-danger.ts';
import { documentAddress, linkPlace, tokenOf } from '../../../../shared/reader-contract.ts';
import { picture } from '../../../support/letters-to-show.ts';

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('HTML before it is parsed', () => {
  it('stays as it is when it is a letter', () => {
    const letter = `<body><p>a<p>b<br><div title="x > y">${'<p>long '.repeat(5000)}</div></body>`;
    expect(withinBounds(letter)).toBe(letter);
  });

  it('opens no more elements at once than a parser bears, and keeps the text', () => {
    const bounded = withinBounds('<div>x'.repeat(60_000));
    expect(count(bounded, '<div>')).toBeLessThan(1000);
    expect(count(bounded, 'x')).toBe(60_000);
  });

  it('drops a tag with a hundred thousand attributes, not one with a long picture in it', () => {
    const bomb = `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}`).join(' ')}>x`;
    expect(withinBounds(bomb)).toBe('x');
    const image = `<img src="data:image/png;base64,${'A'.repeat(100_000)}">`;
    expect(withinBounds(image)).toBe(image);
  });
});

describe('pictures', () => {
  it('are what their bytes say', () => {
    expect(pictureFacts(picture())).toEqual({ type: 'image/bmp', width: 120, height: 60 });
    expect(pictureFacts(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'))).toBeNull();
    expect(pictureFacts(Buffer.from('<html>and some more bytes than thirty</html>'))).toBeNull();
    expect(pictureFacts(Buffer.alloc(0))).toBeNull();
  });

  it('that would fill the memory are none', () => {
    const gif = Buffer.from('GIF89a\xff\xff\xff\xff'.padEnd(40, '\0'), 'latin1');
    expect(pictureFacts(gif)).toBeNull();
  });
});

describe('files', () => {
  it.each([
    ['invoice.pdf.exe', 'application/pdf', 'program'],
    ['program.EXE... ', 'text/plain', 'program'],
    ['photo.jpg\u200b.js\u202e', 'image/jpeg', 'program'],
    ['picture.png', 'application/x-msdownload', 'program'],
    ['holiday.desktop', '', 'program'],
    ['desk.rdp', '', 'program'],
    ['notes.one', 'application/octet-stream', 'program'],
    ['photo.lnk', 'text/plain', 'program'],
    ['saver.pdf .scr', 'application/pdf', 'program'],
    ['letter.docm', '', 'macros'],
    ['photos.zip', '', 'packed'],
    ['notes.txt', 'text/plain', 'none'],
  ])('%s (%s) may be: %s', (name, type, danger) => {
    expect(dangerOf(name, type)).toBe(danger);
  });

  it('have the ending that a system sees', () => {
    expect(endingOf('a.TXT. .')).toBe('txt');
    expect(endingOf('README')).toBe('');
  });
});

describe('addresses', () => {
  it.each([
    'http://localhost/',
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://192.168.1.1/',
    'http://10.0.0.1/',
    'http://172.20.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://router/',
    'http://printer.local/',
    'http://x.internal./',
    'https://intranet.corp/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'nonsense',
  ])('%s is no address for pictures', (address) => {
    expect(isPublicWebAddress(address)).toBe(false);
  });

  it('those of the public web are', () => {
    expect(isPublicWebAddress('https://example.org/a.png')).toBe(true);
    expect(isPublicWebAddress('http://203.0.113.9/a.png')).toBe(true);
  });

  it('of documents are told from those of links, and from everything else', () => {
    const token = 'ab'.repeat(16);
    expect(tokenOf(documentAddress(token))).toBe(token);
    expect(tokenOf(`${documentAddress(token)}#mailkeep-hit-3`)).toBe(token);
    expect(tokenOf(`${documentAddress(token)}link/3`)).toBeNull();
    expect(tokenOf(`mailkeep://app/${token}/`)).toBeNull();
    expect(linkPlace(`${documentAddress(token)}link/3`)).toEqual({ token, link: 3 });
    expect(linkPlace(`${documentAddress(token)}link/3/../4`)).toBeNull();
  });
});

describe('the source', () => {
  it('shows what cannot be seen', () => {
    const bytes = Buffer.from('a\u202eb\u200bc\u0007d\te\r\nf', 'utf8');
    expect(visibleSource(bytes)).toBe('a⟨202E⟩b⟨200B⟩c⟨0007⟩d\te\nf');
    expect(visibleSource(Buffer.from([0x61, 0xe4, 0x62]))).toBe('aäb');
  });
});
