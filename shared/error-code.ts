/** What the system says of a failure, in its own word. Imports nothing. */

/** Such as `ENOENT`; empty if what was thrown has none. */
export function errorCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  return String(thrown.code);
}
