/** Where mail programs keep their mail, or how they give it out; and what of it is on this machine. */

import { FolderOpen } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { MailPlace } from '../../shared/mail-place.ts';
import { useApp, useAppStore } from '../app/use-store.ts';

interface Source {
  readonly title: string;
  readonly program: MailPlace['program'] | null;
  readonly text: string;
}

const SOURCES: readonly Source[] = [
  {
    title: 'Thunderbird',
    program: 'thunderbird',
    text: 'keeps each folder in a file without an ending (Inbox, Sent) in its profile: Help, Troubleshooting Information, Profile Folder, then Mail or ImapMail. Close Thunderbird first, or compact its folders there.',
  },
  {
    title: 'Apple Mail',
    program: null,
    text: 'gives a mailbox out by Mailbox, Export Mailbox. Open the folder that this makes; its name ends in .mbox.',
  },
  {
    title: 'Gmail',
    program: 'takeout',
    text: 'comes from takeout.google.com: choose Mail alone. The ZIP file opens as it is, to be read; unpack it to delete in it.',
  },
  {
    title: 'This computer',
    program: 'system',
    text: 'has mail of its own in /var/mail, which programs of the system deliver.',
  },
];

const isShown = ({ program }: Source, places: readonly MailPlace[]): boolean =>
  program !== 'system' || places.some((place) => place.program === 'system');

/** A list of the sources, with a button for each place that is here. */
function Sources() {
  const app = useAppStore();
  const { places } = useApp();
  return (
    <dl className="where">
      {SOURCES.filter((source) => isShown(source, places)).map(({ title, program, text }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            {text}
            <span className="where-places">
              {places
                .filter((place) => place.program === program)
                .map(({ path, name }) => (
                  <button
                    key={path}
                    type="button"
                    className="small-button"
                    title={path}
                    onClick={() => {
                      app.hide('where');
                      app.openPlace(path);
                    }}
                  >
                    <FolderOpen size={13} aria-hidden /> {name}
                  </button>
                ))}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** On the welcome: what is here is offered at once, the rest is told when somebody asks. */
export function Where() {
  const { places } = useApp();
  return (
    <details className="where-part" open={places.length > 0}>
      <summary>Where is my mail?</summary>
      <Sources />
    </details>
  );
}

/** The same from the Help menu. */
export function WhereDialog() {
  const app = useAppStore();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="dialog settings"
      aria-labelledby={title}
      onClose={() => app.hide('where')}
    >
      <h2 id={title}>Where is my mail?</h2>
      <Sources />
      <div className="dialog-buttons">
        <button
          type="button"
          className="button button-prominent"
          onClick={() => dialog.current?.close()}
        >
          Close
        </button>
      </div>
    </dialog>
  );
}
