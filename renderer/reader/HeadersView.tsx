/** Every header field of a message, decoded, in its order. */

import { useEffect, useRef } from 'react';
import type { MessageView } from '../../shared/message-view.ts';
import { useReader } from '../app/use-store.ts';
import { searchedElement } from './find/highlight.ts';
import { say } from '../../shared/language/say.ts';

export function HeadersView({ message }: { readonly message: MessageView }) {
  const [reader] = useReader();
  const element = useRef<HTMLDListElement>(null);
  useEffect(
    () => (element.current ? reader.finding.join(searchedElement(element.current, 0)) : undefined),
    [reader],
  );
  return (
    <>
      <dl className="all-headers" translate="no" ref={element}>
        {message.headers.map(({ name, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers repeat; those of one message never move
          <div key={index}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {message.omitted.headers > 0 && (
        <p className="quiet">{say('reader.moreHeaders', { headers: message.omitted.headers })}</p>
      )}
    </>
  );
}
