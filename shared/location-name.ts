/** The name of a file in its address. Imports nothing. */

/**
 * As a page that lies beside it would call it: the last word of its path. Linear, whatever stands in an
 * address that a message brings.
 */
export function locationName(location: string): string {
  const [path = ''] = location.split(/[?#]/, 1);
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}
