/** The body of a letter, part by part, as what each is; letters inside of it likewise. */

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Letter, MessagePart, PicturePart, TextPart } from '../../../shared/message-view.ts';
import { useReader } from '../../app/use-store.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import { searchedElement } from '../find/highlight.ts';
import { pictureAddress, wholePart } from '../html/carried-pictures.ts';
import { HtmlFrame } from '../html/HtmlFrame.tsx';
import { LetterFields } from '../LetterFields.tsx';
import { TextBlocks } from '../text/TextBlocks.tsx';
import { ContactsCard, EncryptedCard, InvitationCard, ReportCard } from './Cards.tsx';
import { Later } from './Later.tsx';
import { flatParts, type ShownGroup, shownGroups } from './shown-parts.ts';
import { say } from '../../../shared/language/say.ts';

interface Shown {
  readonly store: ArchiveStore;
  readonly messageKey: string;
  readonly view: 'html' | 'text';
  /** How many letters this one is inside of. */
  readonly depth: number;
  readonly onShown: () => void;
}

const PICTURE_BYTES_MAX = 12 * 1024 * 1024;

function Picture({ part, store, messageKey }: Shown & { readonly part: PicturePart }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void wholePart(
      (name, from, length) => store.reader.part(messageKey, name, from, length),
      part.part,
      PICTURE_BYTES_MAX,
    )
      .then((bytes) => bytes && pictureAddress(bytes))
      .then((found) => current && setAddress(found))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [part, store, messageKey]);
  return address === null ? (
    <p className="quiet" translate="no">
      {part.name}
    </p>
  ) : (
    <img className="message-picture" src={address} alt={part.name} />
  );
}

/** Text takes part in searches by itself: its places are marked in the page. */
function Text({ part, order }: { readonly part: TextPart; readonly order: number }) {
  const [reader] = useReader();
  const element = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      element.current ? reader.finding.join(searchedElement(element.current, order)) : undefined,
    [reader, order],
  );
  return (
    <div ref={element} className={part.flowed ? 'flowed' : ''}>
      <TextBlocks paragraphs={part.paragraphs} />
      {part.cut && <p className="quiet">{say('reader.cut')}</p>}
    </div>
  );
}

function Inside({ part, ...shown }: Shown & { readonly part: MessagePart }) {
  const { message } = part;
  return (
    <section className="card inside" aria-label={say('part.inside', { subject: message.subject })}>
      <h2 className="inside-subject" dir="auto" translate="no">
        {message.subject || say('none.subject')}
      </h2>
      <LetterFields letter={message} />
      <BodyParts letter={message} {...shown} depth={shown.depth + 1} />
    </section>
  );
}

function Group({
  group,
  letter,
  order,
  ...shown
}: Shown & {
  readonly group: ShownGroup;
  readonly letter: Letter;
  readonly order: number;
}) {
  if (group.shown === 'frame') {
    const sender = letter.from[0]?.address.toLowerCase() ?? '';
    const { store, messageKey, onShown } = shown;
    return (
      <HtmlFrame
        store={store}
        messageKey={messageKey}
        sender={sender}
        subject={letter.subject}
        parts={group.parts}
        order={order}
        onShown={onShown}
      />
    );
  }
  const { part } = group;
  switch (part.kind) {
    case 'text':
      return <Text part={part} order={order} />;
    case 'picture':
      return <Picture part={part} {...shown} />;
    case 'message':
      return <Inside part={part} {...shown} />;
    case 'invitation':
      return <InvitationCard part={part} />;
    case 'contacts':
      return <ContactsCard part={part} />;
    case 'report':
      return <ReportCard part={part} />;
    case 'encrypted':
      return <EncryptedCard part={part} />;
    case 'html':
      return null;
  }
}

/** Of frames and letters beside each other so many are shown at once, of those deeper only the first. */
const HEAVY_SHOWN = 4;

function isHeavy(group: ShownGroup): boolean {
  return group.shown === 'frame' || group.part.kind === 'message';
}

function labelOf(group: ShownGroup): string {
  if (group.shown === 'frame' || group.part.kind !== 'message') return say('part.more');
  return say('part.inside', {
    subject: group.part.message.subject.slice(0, 100) || say('none.subject'),
  });
}

export function BodyParts({ letter, ...shown }: Shown & { readonly letter: Letter }) {
  const { view, depth } = shown;
  const groups = useMemo(() => shownGroups(flatParts(letter.body, view)), [letter, view]);
  if (groups.length === 0) return <p className="quiet">{say('reader.noText')}</p>;
  let heavy = 0;
  return groups.map((group, index) => {
    // The first frame of a message takes the place of that of the message before; nothing else does.
    const key =
      group.shown === 'frame' && depth === 0 ? `${index}` : `${shown.messageKey} ${index}`;
    const one = <Group key={key} group={group} letter={letter} order={index} {...shown} />;
    if (isHeavy(group)) heavy += 1;
    if (!isHeavy(group) || heavy <= (depth === 0 ? HEAVY_SHOWN : 1)) return one;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one letter never move
      <Later key={`${shown.messageKey} ${index} later`} label={labelOf(group)}>
        {one}
      </Later>
    );
  });
}
