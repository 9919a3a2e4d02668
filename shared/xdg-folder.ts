/** Base folders of the XDG specification, for the platforms that go by it. */

/**
 * A base folder: the one that the environment names, or the usual one.
 *
 * A relative path is ignored, as the specification demands ("All paths set in these environment
 * variables must be absolute"; XDG Base Directory Specification 0.8): it would be another folder in
 * every folder that the program is started in, some of them of archives.
 * @param variable such as XDG_STATE_HOME
 * @param usual below the person's home, such as `/home/ann/.local/state`
 */
export function xdgFolderOf(
  environment: Readonly<Record<string, string | undefined>>,
  variable: `XDG_${string}_HOME`,
  usual: string,
): string {
  const named = environment[variable] ?? '';
  return named.startsWith('/') ? named : usual;
}
