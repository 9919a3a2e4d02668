/** Keeps the machine from falling asleep while bytes of an archive are moved. */

import { powerSaveBlocker } from 'electron';

export class Awake {
  #blocker: number | null = null;

  /** @param writing whether any engine moves bytes now */
  keep({ writing }: { readonly writing: boolean }): void {
    if (writing) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
