/** Where a person's own things are. Imports nothing; this room knows no platform, and is told of it. */

/** What of the system is asked for. */
export interface System {
  isAbsolute(path: string): boolean;
  /** What its list of users says. */
  userInfo(): { readonly homedir: string };
}

/**
 * The home folder, as the app and the terminal program both have it: the one that is named, or what the
 * system's list of users says where that is no path from the root.
 */
export function homeFolderOf(named: string, system: System): string {
  return system.isAbsolute(named) ? named : system.userInfo().homedir;
}
