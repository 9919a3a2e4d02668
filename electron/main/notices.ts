/** The system's notices of long work that has ended, and the badge that counts them until a window is looked at. */

import { app, BrowserWindow, Notification, type WebContents } from 'electron';
import { LongWork } from './long-work.ts';
import type { Settings } from './settings.ts';
import { say } from '../../shared/language/say.ts';

export class Notices {
  readonly #settings: Settings;
  readonly work: LongWork<WebContents>;
  #unseen = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.work = new LongWork({
      now: () => performance.now(),
      isInFront: (contents) => BrowserWindow.fromWebContents(contents)?.isFocused() ?? true,
      ended: (contents) => this.#tell(contents),
    });
    app.on('browser-window-focus', () => this.#count(0));
  }

  #tell(contents: WebContents): void {
    if (this.#settings.preferences.notices === 'off') return;
    this.#count(this.#unseen + 1);
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title: 'Mailkeep', body: say('notice.done') });
    notice.on('click', () => BrowserWindow.fromWebContents(contents)?.show());
    notice.show();
  }

  #count(unseen: number): void {
    this.#unseen = unseen;
    app.setBadgeCount(unseen);
  }
}
