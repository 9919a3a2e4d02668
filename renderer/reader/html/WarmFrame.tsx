/**
 * An empty document of the site of messages that is always there: its process stays, and a message
 * that is shown need not wait until a new one has started (some 100 ms). Nor does the list wait for that:
 * it starts when rows are on screen and nothing else is to be done.
 */

import { useEffect, useRef, useState } from 'react';
import { documentAddress } from '../../../shared/reader-contract.ts';
import { useArchivePart, useReader } from '../../app/use-store.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import { say } from '../../../shared/language/say.ts';

/** Something is always to be done while much is read: it starts then. */
const IDLE_MAX_MS = 2000;

export function WarmFrame({ store }: { readonly store: ArchiveStore }) {
  const isListed = useArchivePart(store, ({ list }) => list.rows > 0);
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    if (!isListed) return undefined;
    const waiting = requestIdleCallback(() => setIdle(true), { timeout: IDLE_MAX_MS });
    return () => cancelIdleCallback(waiting);
  }, [isListed]);
  return isIdle && <EmptyFrame />;
}

function EmptyFrame() {
  const [reader] = useReader();
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const warm = async (): Promise<void> => {
      const token = await reader.placeForDocument();
      frame.current?.contentWindow?.location.replace(documentAddress(token));
      await reader.keepDocument({ token, html: '', pictures: 'none', carried: [] }, []);
    };
    // Without it messages come a little later.
    warm().catch(() => undefined);
  }, [reader]);
  return (
    <iframe
      ref={frame}
      sandbox=""
      title={say('frame.empty')}
      className="warm-frame"
      tabIndex={-1}
      aria-hidden
    />
  );
}
