/** What a person must know about a message before they read it: short lines between head and text. */

import { KeyRound, Languages, LockKeyhole, Scissors } from 'lucide-react';
import type { BodyPart, CharsetUsed, MessageView } from '../../shared/message-view.ts';
import { formatBytes } from '../design/format.ts';
import { charsetText, protectionText } from './parts/words.ts';
import { say } from '../../shared/language/say.ts';

/** The first text of a body says how all of it was read. */
export function charsetOf(body: readonly BodyPart[]): CharsetUsed | null {
  for (const part of body) {
    if (part.kind === 'text' || part.kind === 'html') return part.charset;
    if (part.kind === 'alternatives') {
      const inside = charsetOf(part.choices.flatMap((choice) => choice.body));
      if (inside) return inside;
    }
  }
  return null;
}

export function Notices({ message }: { readonly message: MessageView }) {
  const charset = charsetOf(message.body);
  const words = charset ? charsetText(charset) : '';
  const said = new Map(message.protection.map((one) => [protectionText(one), one]));
  return (
    <>
      {[...said].map(([text, { state }]) => (
        <p key={text} className="notice">
          {state === 'signed' ? (
            <KeyRound size={15} aria-hidden />
          ) : (
            <LockKeyhole size={15} aria-hidden />
          )}
          <span>{text}</span>
        </p>
      ))}
      {words !== '' && (
        <p className="notice">
          <Languages size={15} aria-hidden />
          <span>{words}</span>
        </p>
      )}
      {message.truncated && (
        <p className="notice">
          <Scissors size={15} aria-hidden />
          <span>{say('reader.truncated', { size: formatBytes(message.bytes) })}</span>
        </p>
      )}
    </>
  );
}
