/** A group of views in the sidebar that can be opened and closed; it asks for nothing while closed. */

import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly onTurn: () => void;
  readonly children: ReactNode;
}

export function ViewGroup({ name, state, onTurn, children }: Props) {
  const id = useId();
  const Icon = state === 'open' ? ChevronDown : ChevronRight;
  return (
    <section className="view-group">
      <h3>
        <button
          type="button"
          className="view-group-head"
          aria-expanded={state === 'open'}
          aria-controls={state === 'open' ? id : undefined}
          onClick={onTurn}
        >
          <Icon size={14} aria-hidden />
          {name}
        </button>
      </h3>
      {state === 'open' && <div id={id}>{children}</div>}
    </section>
  );
}
