/** What electron-builder tells of a package before it is closed, as far as it is used. */
export interface Packed {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  /** As electron-builder numbers processors. */
  readonly arch: number;
  readonly packager: { getResourcesDir(appOutDir: string): string };
}

/** @throws if the locks are missing, without which Mailkeep can change no archive */
export function afterPack(context: Packed): void;
