/**
 * An empty document of the site of messages that is always there: its process stays, and a message
 * that is shown need not wait until a new one has started (some 100 ms).
 */

import { useEffect, useRef } from 'react';
import { documentAddress } from '../../../shared/reader-contract.ts';
import { useReader } from '../../app/use-store.ts';
import { say } from '../../../shared/language/say.ts';

export function WarmFrame() {
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
