/** Where mail programs keep their mail, or how they give it out; and what of it is on this machine. */

import { FolderOpen } from 'lucide-react';
import type { MailPlace } from '../../shared/mail-place.ts';
import { useApp, useAppStore } from '../app/use-store.ts';
import { PanelDialog } from '../dialog/PanelDialog.tsx';
import { say } from '../../shared/language/say.ts';

const SOURCES = ['thunderbird', 'apple', 'takeout', 'system'] as const;
type Source = (typeof SOURCES)[number];

const isShown = (source: Source, places: readonly MailPlace[]): boolean =>
  source !== 'system' || places.some((place) => place.program === 'system');

/** A list of the sources, with a button for each place that is here. */
function Sources() {
  const app = useAppStore();
  const { places } = useApp();
  return (
    <dl className="where">
      {SOURCES.filter((source) => isShown(source, places)).map((source) => (
        <div key={source}>
          <dt>{say(`where.source.${source}`)}</dt>
          <dd>
            {say(`where.${source}`)}
            <span className="where-places">
              {places
                .filter((place) => place.program === source)
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
                    <FolderOpen size={13} aria-hidden /> <span translate="no">{name}</span>
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
      <summary>{say('where.title')}</summary>
      <Sources />
    </details>
  );
}

/** The same from the Help menu. */
export function WhereDialog() {
  const app = useAppStore();
  return (
    <PanelDialog
      title={say('where.title')}
      className="settings"
      button="button.close"
      onClose={() => app.hide('where')}
    >
      <Sources />
    </PanelDialog>
  );
}
