/** The message in the view that a person chose, or in the nearest that it has. */

import { useCallback, useEffect, useRef, useState } from 'react';
import { type ErrorValue, toErrorValue } from '../../shared/errors.ts';
import type { MessageText, MessageView } from '../../shared/message-view.ts';
import type { ReaderView } from '../../shared/reader-contract.ts';
import { useReader } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { searchedElement } from './find/highlight.ts';
import { HeadersView } from './HeadersView.tsx';
import { BodyParts } from './parts/BodyParts.tsx';
import { flatParts, hasHtml } from './parts/shown-parts.ts';
import { SourceView } from './SourceView.tsx';
import { paragraphsOf } from './text/text-blocks.ts';
import { TextBlocks } from './text/TextBlocks.tsx';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';

/** What is seen of a message: without HTML its text, whatever a person likes best. */
export function seenAs(message: MessageView, view: ReaderView): ReaderView {
  return view === 'html' && !hasHtml(message.body) ? 'text' : view;
}

interface Props {
  readonly store: ArchiveStore;
  readonly message: MessageView;
  readonly charset: string;
  readonly view: ReaderView;
  /** It is on screen. */
  readonly onShown: () => void;
}

/** The text of a message that has only HTML, as the engine lays it out. */
function TextOfHtml({ store, message, charset, onShown }: Omit<Props, 'view'>) {
  const [reader] = useReader();
  const [text, setText] = useState<MessageText | null>(null);
  const [problem, setProblem] = useState<ErrorValue | null>(null);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let current = true;
    store.reader
      .text(message.key, charset)
      .then((loaded) => current && setText(loaded))
      .catch((error) => current && setProblem(toErrorValue(error)));
    return () => {
      current = false;
    };
  }, [store, message, charset]);
  useEffect(() => {
    if (problem) onShown();
    if (!text || !element.current) return undefined;
    onShown();
    return reader.finding.join(searchedElement(element.current, 0));
  }, [reader, text, problem, onShown]);
  return (
    <div ref={element}>
      {text && <TextBlocks paragraphs={paragraphsOf(text.text)} />}
      {problem && (
        <p className="quiet">
          <ErrorText error={problem} />
        </p>
      )}
      {text?.cut && <p className="quiet">{say('reader.cut')}</p>}
    </div>
  );
}

/**
 * Text and cards are on screen as soon as they are drawn; a frame says so itself. That a message has
 * HTML does not mean that there is a frame: it may stand in a letter inside that is not yet open.
 */
function Parts({ store, message, view, onShown }: Omit<Props, 'charset'>) {
  const element = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another message has other parts
  useEffect(() => {
    if (!element.current?.querySelector('.message-frame')) onShown();
  }, [message, view, onShown]);
  const seen = view === 'html' ? 'html' : 'text';
  return (
    <div ref={element} className="message-parts">
      <BodyParts
        letter={message}
        store={store}
        messageKey={message.key}
        view={seen}
        depth={0}
        onShown={onShown}
      />
    </div>
  );
}

function Headers({ message, onShown }: Pick<Props, 'message' | 'onShown'>) {
  useEffect(onShown, [onShown]);
  return <HeadersView message={message} />;
}

export function MessageBody({ store, message, charset, view, onShown }: Props) {
  const { key, bytes } = message;
  const shown = useCallback(() => onShown(), [onShown]);
  switch (view) {
    case 'source':
      return <SourceView store={store} messageKey={key} bytes={bytes} onShown={shown} />;
    case 'headers':
      return <Headers message={message} onShown={shown} />;
    case 'text':
      if (hasHtml(flatParts(message.body, 'text'))) {
        return <TextOfHtml store={store} message={message} charset={charset} onShown={shown} />;
      }
      return <Parts store={store} message={message} view="text" onShown={shown} />;
    case 'html':
      return <Parts store={store} message={message} view="html" onShown={shown} />;
  }
}
