/**
 * The network, as far as a window has one: none. Requests for our own page and for documents of
 * messages pass; everything else is cancelled before it leaves, whoever asks for it.
 *
 * One exception, for a person who allowed the remote pictures of a message: pictures, for the frame
 * of that message only, from hosts of the public internet, without a cookie or a word about where
 * they are shown. A message must not be able to knock at the machines of a home or an office.
 */

import type { OnBeforeRequestListenerDetails, Session } from 'electron';
import { PDF_SCHEME } from '../../shared/pdf-contract.ts';
import { MESSAGE_SCHEME } from '../../shared/reader-contract.ts';
import { PAGE_ORIGIN } from './page.ts';
import { isPublicWebAddress } from './public-address.ts';

const OURS = [
  `${PAGE_ORIGIN}/`,
  `${MESSAGE_SCHEME}://`,
  `${PDF_SCHEME}://`,
  'devtools://',
  'data:',
  'blob:',
];

/** Where headers mean something; our own documents have none that leave. */
const WEB = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };

/** What a request tells a stranger of us. */
const TELLING = ['cookie', 'referer', 'origin', 'authorization'];

export type MayFetchPictures = (frameAddress: string) => boolean;

/** Closes the network of a session, pictures that a person allowed excepted. */
export function closeNetwork(ours: Session, mayFetchPictures: MayFetchPictures): void {
  ours.webRequest.onBeforeRequest((details, answer) => {
    const allowed =
      OURS.some((start) => details.url.startsWith(start)) ||
      isAllowedPicture(details, mayFetchPictures);
    answer({ cancel: !allowed });
  });
  ours.webRequest.onBeforeSendHeaders(WEB, (details, answer) => {
    const kept = Object.entries(details.requestHeaders).filter(
      ([name]) => !TELLING.includes(name.toLowerCase()) && !name.toLowerCase().startsWith('sec-'),
    );
    answer({ requestHeaders: { ...Object.fromEntries(kept), 'User-Agent': 'Mozilla/5.0' } });
  });
  ours.webRequest.onHeadersReceived(WEB, (details, answer) => {
    const kept = Object.entries(details.responseHeaders ?? {}).filter(
      ([name]) => !['set-cookie', 'report-to', 'nel', 'link'].includes(name.toLowerCase()),
    );
    return answer({ responseHeaders: Object.fromEntries(kept) });
  });
}

function isAllowedPicture(
  { url, resourceType, method, frame }: OnBeforeRequestListenerDetails,
  mayFetchPictures: MayFetchPictures,
): boolean {
  if (resourceType !== 'image' || method !== 'GET' || !frame) return false;
  return isPublicWebAddress(url) && mayFetchPictures(frame.url);
}
