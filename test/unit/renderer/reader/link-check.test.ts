/** Where links lead, and which deceive: by their text, their host, their letters. */

import { describe, expect, it } from 'vitest';
import { safeLink } from '../../../../electron/main/safe-link.ts';
import { checkLink } from '../../../../renderer/reader/links/link-check.ts';
import { fromPunycode } from '../../../../renderer/reader/links/punycode.ts';

const warned = (href: string, text: string): string =>
  checkLink(href, text)?.warnings.join(' ') ?? 'no link';

describe('a link that is what it seems', () => {
  it.each([
    ['https://www.example.com/a', 'https://example.com/b'],
    ['https://login.example.co.uk/', 'www.example.co.uk'],
    ['http://example.org/', 'See the list'],
    ['http://example.org/', 'version 2.0.1, file notes.txt, e.g. this'],
    ['mailto:ann@example.org', 'ann@example.org'],
    ['https://example.org/%C3%BC', 'Read'],
    ['https://docs.example.zone/', 'https://www.example.zone.'],
    ['https://example.org/', 'http://localhost'],
  ])('%s, shown as "%s", is opened without a question', (href, text) => {
    expect(warned(href, text)).toBe('');
  });
});

describe('a link that deceives', () => {
  it.each([
    ['http://evil.example/', 'https://www.mybank.com/login', /names www\.mybank\.com/],
    ['http://evil.example/', 'Log in at mybank.com now', /names mybank\.com/],
    ['http://evil.example/', 'ｗｗｗ.mybank.com', /names www\.mybank\.com/],
    ['http://evil.co.uk/', 'bank.co.uk', /names bank\.co\.uk/],
    ['http://www.mybank.com@evil.example/', 'Log in', /before the “@”/],
    ['http://192.0.2.7/', 'Log in', /a number instead of a name/],
    ['http://0x7f.1/', 'Log in', /a number instead of a name/],
    ['http://xn--80ak6aa92e.com/', 'Log in', /letters of other scripts|several scripts/],
    ['http://evil.example:31337/', 'Log in', /unusual port/],
    ['http://evil.example/', 'https://login.mybank.zone/a', /names login\.mybank\.zone/],
    ['http://evil.example/', 'See http://10.1.2.3/status', /names 10\.1\.2\.3/],
    ['http://10.1.2.4/', 'http://10.1.2.3/', /names 10\.1\.2\.3/],
    ['https://evil.github.io/', 'mybank.github.io', /names mybank\.github\.io/],
    ['http://evil.example/', 'moc.knab\u202e', /turn the direction/],
    ['mailto:x@evil.example', 'boss@example.org', /names boss@example\.org/],
  ])('%s, shown as "%s", is asked about', (href, text, warning) => {
    expect(warned(href, text)).toMatch(warning);
  });
});

describe('a link that may not be opened', () => {
  it.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'file:///etc/passwd',
    '\\\\host\\share',
    'data:text/html,x',
    'smb://host/x',
    'ftp://host/x',
    'mailkeep://app/index.html',
    '',
  ])('%j is none', (href) => {
    expect(checkLink(href, 'x')).toBeNull();
    expect(safeLink(href)).toBeNull();
  });

  it('keeps of a mailto what a letter may begin with', () => {
    expect(safeLink('mailto:a@b.example?SUBJECT=x%0d%0ay&attach=/etc/passwd&body=1%0a2')).toBe(
      'mailto:a@b.example?subject=x%20y&body=1%0A2',
    );
    expect(safeLink('mailto:a%0abcc:b@c.example')).toBeNull();
    expect(safeLink('https://user:word@example.org/')).toBe('https://example.org/');
    expect(safeLink(`https://example.org/${'a'.repeat(9000)}`)).toBeNull();
  });
});

describe('punycode', () => {
  it.each([
    ['xn--bcher-kva', 'bücher'],
    ['xn--80ak6aa92e', 'аррӏе'],
    ['xn--fiqs8s', '中国'],
    ['xn--', ''],
    ['example', 'example'],
    ['xn--\u00e4', 'xn--\u00e4'],
  ])('%s is %s', (label, text) => {
    expect(fromPunycode(label)).toBe(text);
  });
});
