/** How a program is started so that permissions bind it, also where the tests run as root. */

const isRoot = process.getuid?.() === 0;

/** Root gives up the right to pass over permissions. */
const CAPABILITIES = '--bounding-set=-dac_override,-dac_read_search,-linux_immutable';

/** Words to put in front of a command; none where permissions bind anyway. */
export const boundByPermissions: readonly string[] = isRoot ? ['setpriv', CAPABILITIES] : [];
