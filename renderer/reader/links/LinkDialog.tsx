/** Asks before a link is followed that is not what it seems, and says where it really leads. */

import { TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { useReader } from '../../app/use-store.ts';
import type { MessageLink } from '../html/clean-html.ts';
import type { LinkTarget } from './link-check.ts';
import { say } from '../../../shared/language/say.ts';

interface Props {
  readonly target: LinkTarget | null;
  readonly link: MessageLink;
}

export function LinkDialog({ target, link }: Props) {
  const [reader] = useReader();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // A dialog gives its first button the focus; the safe answer is the one that Enter must give.
    stay.current?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog link-dialog"
      aria-labelledby={title}
      onClose={() => reader.dismissLink()}
    >
      <h2 id={title}>
        <TriangleAlert size={22} aria-hidden />
        {say(target ? 'link.deceives' : 'link.leadsNowhere')}
      </h2>
      {target ? (
        <>
          <p>{say('link.leadsTo')}</p>
          <p className="link-host" dir="ltr" translate="no">
            {target.host}
          </p>
          <p className="link-address" dir="ltr" translate="no">
            {target.href}
          </p>
          <ul className="link-warnings">
            {target.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
          <p className="quiet">{say('link.careful')}</p>
        </>
      ) : (
        <p className="link-address" translate="no">
          {link.href}
        </p>
      )}
      <div className="dialog-buttons">
        {target && (
          <button type="button" className="button" onClick={() => reader.openLink(target.href)}>
            {say('link.go')}
          </button>
        )}
        <button
          type="button"
          className="button button-prominent"
          ref={stay}
          onClick={() => dialog.current?.close()}
        >
          {say('link.stay')}
        </button>
      </div>
    </dialog>
  );
}
