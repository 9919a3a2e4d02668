/**
 * Where the app and the terminal program keep what both must know of a person's archives, such as
 * how an archive is to be read: one place, or the same archive would be two.
 */

/**
 * @param environment of the process; XDG_STATE_HOME names the place where there is one
 * @param home the person's home folder
 */
export function stateFolderOf(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const state = environment['XDG_STATE_HOME'];
  return `${state ? state : `${home}/.local/state`}/mailkeep`;
}
