/**
 * Where a link leads, and whether it deceives: its text names another host, it hides its host behind
 * a name and password, its letters are not what they look like, its text turns around. What is found
 * is said to a person before anything is opened; a link that says nothing of itself is only shown.
 */

import { hostWarnings } from './host-warnings.ts';
import { say } from '../../../shared/language/say.ts';

export interface LinkTarget {
  /** As it is opened. */
  readonly href: string;
  /** What a person should look at: the host, or the recipients. */
  readonly host: string;
  /** What is deceiving about it, in sentences; empty if nothing is. */
  readonly warnings: readonly string[];
}

/** A host behind its scheme is one, whatever it ends in. */
const HOST_OF_ADDRESS =
  /https?:\/\/(?:[^\s/@]{1,64}@)?([\p{L}\p{N}][\p{L}\p{N}.-]{0,252})(?=[\s/:?#)\],;!]|$)/giu;
const HOST_IN_TEXT =
  /(?:https?:\/\/)?(?:[^\s/@]{1,64}@)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}]{2,24})(?=[\s/:?#)\],.;!]|$)/giu;
const TURNING = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** Last two labels say who owns a host, but below these it is three: each customer has a name of his own. */
const SHARED_SUFFIX =
  /^(?:(?:co|com|org|net|gov|edu|ac|go|gob|or|ne|ltd|plc|me|nhs|id|asn|gv|web)\.[a-z]{2}|(?:github|gitlab)\.io|(?:blogspot|wordpress|weebly|wixsite|herokuapp|appspot|azurewebsites|cloudfront|amazonaws|geocities|tripod)\.(?:com|net)|(?:netlify|vercel|web|firebaseapp|pages|workers)\.(?:app|com|dev))$/;
const NUMBER_HOST = /^(?:\d+\.){3}\d+$/;

/**
 * Looks at a link.
 * @param href as the message has it @param text what a person reads
 * @returns null if it leads nowhere that may be opened
 */
export function checkLink(href: string, text: string): LinkTarget | null {
  const bare = href.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  if (!URL.canParse(bare)) return null;
  const url = new URL(bare);
  if (url.protocol === 'mailto:') return mailTarget(url, text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const warnings: string[] = [];
  const named = hostsIn(text).find((host) => ownerOf(host) !== ownerOf(url.hostname));
  if (named !== undefined) {
    warnings.push(say('link.warning.otherHost', { named, host: url.hostname }));
  }
  if (url.username !== '' || url.password !== '') {
    const before = `${decoded(url.username)}${url.password === '' ? '' : ':…'}`;
    warnings.push(say('link.warning.before', { before: before.slice(0, 80) }));
  }
  if (TURNING.test(text) || TURNING.test(decoded(bare))) {
    warnings.push(say('link.warning.turns'));
  }
  warnings.push(...hostWarnings(url));
  return { href: url.href, host: url.hostname, warnings };
}

function mailTarget(url: URL, text: string): LinkTarget {
  const to = decoded(url.pathname);
  const named = ADDRESS.exec(text)?.[0];
  const warnings =
    named !== undefined && !to.toLowerCase().includes(named.toLowerCase())
      ? [say('link.warning.otherAddress', { named, address: to.slice(0, 200) })]
      : [];
  return { href: url.href, host: to, warnings };
}

const ADDRESS = /[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;

/** Hosts that a text names, as a browser would read them. */
function hostsIn(text: string): readonly string[] {
  const plain = text.replace(new RegExp(TURNING.source, 'gu'), '').normalize('NFKC').slice(0, 2000);
  const stated = [...plain.matchAll(HOST_OF_ADDRESS)].map(([, host = '']) => host);
  const likely = [...plain.matchAll(HOST_IN_TEXT)]
    .map(([, host = '']) => host)
    .filter((host) => isWebName(host));
  return [...stated.filter((host) => host.includes('.')), ...likely]
    .map((host) => host.replace(/[.-]+$/, ''))
    .flatMap((host) =>
      URL.canParse(`http://${host}`) ? [new URL(`http://${host}`).hostname] : [],
    );
}

/** Names of files, and sentences without a space behind the full stop, are no hosts. */
function isWebName(host: string): boolean {
  const last = host.slice(host.lastIndexOf('.') + 1).toLowerCase();
  return host.startsWith('www.') || last.length === 2 || USUAL_ENDINGS.has(last);
}

const USUAL_ENDINGS = new Set(
  (
    'com org net edu gov mil int info biz name pro museum coop aero jobs mobi travel tel cat asia ' +
    'bank app dev page shop store online site tech cloud blog xyz top club live news email support ' +
    'finance money insurance credit loans tax law health care academy university example test'
  ).split(' '),
);

function ownerOf(host: string): string {
  if (NUMBER_HOST.test(host)) return host;
  const labels = host.replace(/\.$/, '').toLowerCase().split('.');
  const two = labels.slice(-2).join('.');
  return SHARED_SUFFIX.test(two) ? labels.slice(-3).join('.') : two;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
