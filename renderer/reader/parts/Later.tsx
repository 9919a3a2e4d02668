/** What is shown only when somebody asks for it, because a message could hold hundreds of them. */

import { type ReactNode, useState } from 'react';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

export function Later({ label, children }: Props) {
  const [asked, setAsked] = useState(false);
  if (asked) return children;
  return (
    <p className="later">
      <button type="button" className="small-button" onClick={() => setAsked(true)}>
        {label}
      </button>
    </p>
  );
}
