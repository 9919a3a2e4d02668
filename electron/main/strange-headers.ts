/** What every answer says that goes into a frame with strange content. Imports nothing. */

export const STRANGE_HEADERS = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
} as const;
