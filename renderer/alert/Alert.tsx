/** One thing that a person must hear, or is glad to. */

import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
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
  return (
    <div role={kind === 'done' ? 'note' : 'alert'} className={`alert alert-${kind}`}>
      <Icon size={18} aria-hidden />
      <p>{children}</p>
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
