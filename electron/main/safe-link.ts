/**
 * Which links of a message may leave the app, and in what form: web pages and addresses to write
 * to, nothing else. The window has its own say before (renderer/reader/links); this one counts.
 */

import { LINK_LENGTH_MAX } from '../../shared/reader-contract.ts';

/** What a letter may be begun with. Others make mail programs attach files, or worse. */
const MAIL_FIELDS = new Set(['subject', 'body', 'cc']);

/**
 * The address that is opened for a link, normalised; null if it may not be opened. Of a `mailto:`
 * only recipients, subject, text and copies are kept; a web address keeps no name and password.
 */
export function safeLink(link: string): string | null {
  const trimmed = withoutControls(link).trim();
  if (trimmed.length > LINK_LENGTH_MAX || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.protocol === 'mailto:') return safeMail(url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.hostname === '') return null;
  url.username = '';
  url.password = '';
  return url.href;
}

function safeMail(url: URL): string | null {
  // A line break in any form begins a header field of its own in some programs.
  if (/%0[ad]/i.test(url.pathname)) return null;
  const fields = [...new URLSearchParams(url.search)].filter(([name]) =>
    MAIL_FIELDS.has(name.toLowerCase()),
  );
  const words = fields.map(([name, value]) => {
    const text = name.toLowerCase() === 'body' ? value : value.replace(/[\r\n]+/g, ' ');
    return `${name.toLowerCase()}=${encodeURIComponent(text)}`;
  });
  return `mailto:${url.pathname}${words.length > 0 ? `?${words.join('&')}` : ''}`;
}

/** As browsers do: tabs and line ends inside an address mean nothing. */
function withoutControls(link: string): string {
  return link.replace(/[\u0000-\u001f\u007f]/g, '');
}
