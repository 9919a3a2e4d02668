/** In front of a subject in a list by threads: how deep it stands, and what opens and closes. */

import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ThreadPlace } from '../../shared/row.ts';
import { say } from '../../shared/language/say.ts';

/** Deeper ones are not moved farther to the right: their level is said instead. */
const INDENTED_LEVELS = 6;
const INDENT_PIXELS = 12;

export function ThreadMark({ place }: { readonly place: ThreadPlace }) {
  const steps = Math.min(place.level - 1, INDENTED_LEVELS);
  const Chevron = place.state === 'collapsed' ? ChevronRight : ChevronDown;
  return (
    <>
      {steps > 0 && <span className="indent" style={{ width: steps * INDENT_PIXELS }} />}
      {place.level - 1 > INDENTED_LEVELS && (
        <span className="deep" title={say('thread.deep', { levels: place.level - 1 })}>
          {place.level - 1}
        </span>
      )}
      {place.state === 'leaf' ? (
        <span className="twisty" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="twisty"
          data-fold={place.state === 'collapsed' ? 'expand' : 'collapse'}
          aria-label={say(place.state === 'collapsed' ? 'thread.expand' : 'thread.collapse')}
        >
          <Chevron size={14} aria-hidden />
        </button>
      )}
    </>
  );
}

/** What a collapsed message does not show. */
export function HiddenCount({ place }: { readonly place: ThreadPlace }) {
  const { messages, unread, marked } = place.hidden;
  if (messages === 0) return null;
  const words = [
    say('thread.collapsed', { messages }),
    ...(unread > 0 ? [say('thread.unread', { messages: unread })] : []),
    ...(marked > 0 ? [say('thread.marked', { messages: marked })] : []),
  ].join(', ');
  const look = ['hidden-count'];
  if (unread > 0) look.push('hidden-unread');
  if (marked > 0) look.push('hidden-marked');
  return (
    <span className={look.join(' ')} title={words}>
      <span aria-hidden>+{messages}</span>
      <span className="unseen">{words}</span>
    </span>
  );
}
