/** One thing that a person must hear, or is glad to. */

import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '../announce/announcements.ts';
import { say } from '../../shared/language/say.ts';

interface AlertProps {
  readonly kind: 'news' | 'warning' | 'done';
  readonly onDismiss: () => void;
  /** What can be done about it. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly children: ReactNode;
}

const ICONS = { news: Info, warning: TriangleAlert, done: CircleCheck };

export function Alert({ kind, onDismiss, action, children }: AlertProps) {
  const Icon = ICONS[kind];
  const words = useRef<HTMLParagraphElement>(null);
  // An alert is read as it comes; good news waits for its turn.
  useEffect(() => {
    if (kind === 'done') announce(words.current?.textContent ?? '');
  }, [kind]);
  return (
    <div role={kind === 'done' ? 'note' : 'alert'} className={`alert alert-${kind}`}>
      <Icon size={18} aria-hidden />
      <p ref={words}>{children}</p>
      {action && (
        <button type="button" className="small-button" onClick={action.run}>
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={say('button.dismiss')}
        onClick={onDismiss}
      >
        <X size={15} />
      </button>
    </div>
  );
}
