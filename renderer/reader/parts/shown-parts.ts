/** Which parts of a body are shown in which view, and which of them share a frame. */

import type { AlternativesPart, BodyPart } from '../../../shared/message-view.ts';
import type { FramePart } from '../html/frame-document.ts';

/** One thing on screen: a frame with HTML and what stands around it, or a part by itself. */
export type ShownGroup =
  | { readonly shown: 'frame'; readonly parts: readonly FramePart[] }
  | { readonly shown: 'part'; readonly part: Exclude<BodyPart, AlternativesPart> };

type Flat = Exclude<BodyPart, AlternativesPart>;

/** Of several forms of one text the one to be shown; an invitation is shown whichever it is. */
export function flatParts(body: readonly BodyPart[], view: 'html' | 'text'): readonly Flat[] {
  return body.flatMap((part): readonly Flat[] => {
    if (part.kind !== 'alternatives') return [part];
    const choices = part.choices.map((choice) => flatParts(choice.body, view));
    const has = (kind: BodyPart['kind']) => (flat: readonly Flat[]) =>
      flat.some((one) => one.kind === kind);
    const chosen =
      view === 'html'
        ? (choices.findLast(has('html')) ?? choices.findLast(has('text')))
        : (choices.find(has('text')) ?? choices.find(has('html')));
    const shown = chosen ?? choices.at(-1) ?? [];
    const invitations = choices
      .filter((flat) => flat !== shown)
      .flatMap((flat) => flat.filter(({ kind }) => kind === 'invitation'));
    return [...invitations, ...shown];
  });
}

/** Neighbours of HTML that are text or pictures go into its frame: they belong together. */
export function shownGroups(parts: readonly Flat[]): readonly ShownGroup[] {
  const groups: ShownGroup[] = [];
  for (let at = 0; at < parts.length; ) {
    const run: FramePart[] = [];
    for (let part = parts[at + run.length]; part && fits(part); part = parts[at + run.length]) {
      run.push(part);
    }
    if (run.some(({ kind }) => kind === 'html')) {
      groups.push({ shown: 'frame', parts: run });
      at += run.length;
      continue;
    }
    const part = parts[at];
    if (part) groups.push({ shown: 'part', part });
    at += 1;
  }
  return groups;
}

function fits(part: Flat): part is FramePart {
  return part.kind === 'html' || part.kind === 'text' || part.kind === 'picture';
}

/** True if there is HTML anywhere in it, messages inside of it included. */
export function hasHtml(body: readonly BodyPart[]): boolean {
  return body.some((part) => {
    if (part.kind === 'html') return true;
    if (part.kind === 'alternatives') return part.choices.some((choice) => hasHtml(choice.body));
    return part.kind === 'message' && hasHtml(part.message.body);
  });
}
