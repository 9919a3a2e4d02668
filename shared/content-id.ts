/** The id by which HTML asks for a part of its message (RFC 2392), and how it is written beside that. Imports nothing. */

/**
 * What an address asks for, as the part says it.
 * @param address that begins with `cid:`; escaped (`cid:a%40b`), and in forms that are none (`cid://a@b`, `cid:<a@b>`)
 */
export function contentIdOf(address: string): string {
  const said = address.slice('cid:'.length).replace(/^\/\//, '').replace(/^<|>$/g, '');
  try {
    return decodeURIComponent(said);
  } catch {
    return said;
  }
}

/** The same for ids that differ in their case only, as programs change it: for where no part has the very one. */
export const foldedContentId = (contentId: string): string => `cid:${contentId.toLowerCase()}`;
