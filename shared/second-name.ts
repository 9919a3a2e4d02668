/** How disks say that a file can have one name only. Imports nothing. */

/**
 * The errno of a hard link where there are none, or no more of them; EISDIR is what libuv makes of Windows'
 * answer on disks such as exFAT.
 */
export const ONE_NAME_ONLY: readonly string[] = [
  'EPERM',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
  'EISDIR',
];
