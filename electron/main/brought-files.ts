/**
 * Files that the system brings, not the command line: on macOS a double click in the Finder, or a file
 * dropped onto the icon. For an app that is not running yet they come before it is ready, and only once.
 */

/** What Electron's `app` tells, as far as it is used. */
export interface BringsFiles {
  on(event: 'open-file', heard: (event: { preventDefault(): void }, file: string) => void): unknown;
}

export class BroughtFiles {
  #early: string[] = [];
  #bring: ((file: string) => void) | null = null;

  /** Must be made before anything is waited for: Electron keeps none of them for later. */
  constructor(app: BringsFiles) {
    app.on('open-file', (event, file) => {
      event.preventDefault();
      if (this.#bring) this.#bring(file);
      else this.#early.push(file);
    });
  }

  /**
   * What came until now; each further file goes to `bring`.
   * @returns absolute paths, the first first
   */
  take(bring: (file: string) => void): readonly string[] {
    const early = this.#early;
    this.#early = [];
    this.#bring = bring;
    return early;
  }
}
