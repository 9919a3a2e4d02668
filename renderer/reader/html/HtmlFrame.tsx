/**
 * HTML of a message in a frame that may do nothing: no script, no form, no window, an origin of its
 * own. What it shows is cleaned here and served by main (electron/main/message-frame.ts); clicks come
 * back as places in the table of links. Above it stands what it would fetch, and was not allowed to.
 */

import { ImageOff, Images, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorValue } from '../../../shared/errors.ts';
import { useReader } from '../../app/use-store.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import type { FetchPart } from './carried-pictures.ts';
import { FrameContent } from './frame-content.ts';
import type { FramePart, PreparedDocument } from './frame-document.ts';
import { say } from '../../../shared/language/say.ts';
import { ErrorText } from '../../language/ErrorText.tsx';

interface NoticeProps {
  readonly messageKey: string;
  readonly sender: string;
  readonly remote: number;
}

function RemoteNotice({ messageKey, sender, remote }: NoticeProps) {
  const [reader, { settings, picturesOf }] = useReader();
  if (remote === 0) return null;
  if (sender !== '' && settings.pictureSenders.includes(sender)) {
    return (
      <p className="notice">
        <Images size={15} aria-hidden />
        <span>{say('frame.always', { pictures: remote, sender })}</span>
        <button
          type="button"
          className="small-button"
          onClick={() => reader.trust(sender, 'no-longer')}
        >
          {say('frame.noLonger')}
        </button>
      </p>
    );
  }
  if (picturesOf === messageKey) {
    return (
      <p className="notice">
        <Images size={15} aria-hidden />
        <span>{say('frame.fetched', { pictures: remote })}</span>
      </p>
    );
  }
  return (
    <p className="notice" role="note">
      <ImageOff size={15} aria-hidden />
      <span>{say('frame.blocked', { pictures: remote })}</span>
      <button
        type="button"
        className="small-button"
        onClick={() => reader.allowPictures(messageKey)}
      >
        {say('frame.once')}
      </button>
      {sender !== '' && (
        <button
          type="button"
          className="small-button"
          onClick={() => reader.trust(sender, 'always')}
        >
          {say('frame.alwaysFor')}
        </button>
      )}
    </p>
  );
}

/** Whose document the frame was told to show. */
interface Ready {
  readonly messageKey: string;
  readonly prepared: PreparedDocument;
}

interface Props {
  readonly store: ArchiveStore;
  readonly messageKey: string;
  readonly sender: string;
  readonly subject: string;
  readonly parts: readonly FramePart[];
  readonly order: number;
  readonly onShown: () => void;
}

export function HtmlFrame({ store, messageKey, sender, subject, parts, order, onShown }: Props) {
  const [reader, { settings, picturesOf }] = useReader();
  const [content] = useState(() => new FrameContent(reader));
  const [ready, setReady] = useState<Ready | null>(null);
  const [loaded, setLoaded] = useState('');
  const [failed, setFailed] = useState<ErrorValue | null>(null);
  const prepared = ready?.messageKey === messageKey ? ready.prepared : null;
  const frame = useRef<HTMLIFrameElement>(null);
  const allowed = picturesOf === messageKey || settings.pictureSenders.includes(sender);

  const shownNow = useCallback(() => {
    setLoaded(messageKey);
    onShown();
  }, [messageKey, onShown]);

  useEffect(() => {
    content.attach(frame.current);
    return () => content.attach(null);
  }, [content]);

  useEffect(() => {
    setLoaded('');
    setFailed(null);
    const fetchPart: FetchPart = (part, from, length) =>
      store.reader.part(messageKey, part, from, length);
    content.show(messageKey, parts, allowed ? 'remote' : 'none', fetchPart, {
      onSent: (made) => setReady({ messageKey, prepared: made }),
      // Pictures from elsewhere may take any time: nobody waits for them with a blank page.
      onCome: () => allowed && shownNow(),
      onFailed: (error) => {
        setFailed(error);
        onShown();
      },
    });
  }, [content, store, messageKey, parts, allowed, shownNow, onShown]);

  // Another document: the words are to be counted again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(
    () =>
      reader.finding.join({
        order,
        mark: (words) => content.mark(words),
        show: (place) => content.go(place),
      }),
    [reader, content, order, ready],
  );

  return (
    <>
      <RemoteNotice messageKey={messageKey} sender={sender} remote={prepared?.remote ?? 0} />
      {failed && (
        <p className="notice" role="alert">
          <TriangleAlert size={15} aria-hidden />
          <span>
            {say('frame.failed')} <ErrorText error={failed} />
          </span>
        </p>
      )}
      <iframe
        ref={frame}
        sandbox=""
        title={subject === '' ? say('frame.title') : say('frame.titleOf', { subject })}
        className={prepared?.coloured ? 'message-frame message-frame-coloured' : 'message-frame'}
        style={{ zoom: settings.zoom / 100 }}
        data-loaded={loaded === messageKey}
        // The empty page that a frame begins with is loaded too.
        onLoad={() => {
          if (content.loaded() === messageKey) shownNow();
        }}
      />
    </>
  );
}
