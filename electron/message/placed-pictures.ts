/**
 * Pictures that the HTML of a message shows in its midst, and those that stand by themselves. Imports
 * shared and this folder.
 */

import type { BodyPart, PicturePart, Related } from '../../shared/message-view.ts';
import { contentIdOf, foldedContentId } from '../../shared/content-id.ts';
import { locationName } from '../../shared/location-name.ts';
import { kindOf } from './part-kind.ts';
import type { Placed } from './part-places.ts';

const RELATED_MAX = 500;

/** What HTML of a message may show, messages inside of it left out. */
export function relatedIn(placed: Placed): readonly Related[] {
  const related: Related[] = [];
  relate(placed, related);
  return related;
}

function relate(placed: Placed, related: Related[]): void {
  const { entity, prefix } = placed;
  const { contentId, location, type } = entity.about;
  if (contentId !== '' || location !== '') {
    if (related.length >= RELATED_MAX) return;
    related.push({ part: prefix + entity.id, contentId, location, type });
  }
  if (kindOf(entity) === 'message') return;
  for (const child of entity.children) relate({ ...placed, entity: child }, related);
}

/**
 * A body without the pictures that its HTML shows: by their id, by their place, or because they were
 * sent to belong to it (multipart/related). Programs gave ids to pictures that nobody asks for, too:
 * those stay, or nobody would see them.
 */
export function withoutPlaced(body: BodyPart[], message: Placed): BodyPart[] {
  const pages = htmlIn(body);
  if (pages.length === 0) return body;
  const related = relatedIn(message);
  const belonging = new Set(belongingIn(message, 'apart'));
  const asked = new Set(pages.flatMap((html) => [...askedFor(html)]));
  const named = new Map(related.map((one) => [one.part, one]));
  const isPlaced = ({ part }: PicturePart): boolean => {
    const { contentId = '', location = '' } = named.get(part) ?? {};
    if (belonging.has(part)) return true;
    if (contentId !== '' && asked.has(foldedContentId(contentId))) return true;
    return location !== '' && (asked.has(location) || asked.has(locationName(location)));
  };
  return without(body, isPlaced);
}

/** Parts with an id that were sent with HTML as one. */
function* belongingIn(
  { entity, source, prefix }: Placed,
  sent: 'together' | 'apart',
): Generator<string> {
  if (sent === 'together' && entity.about.contentId !== '') yield prefix + entity.id;
  if (kindOf(entity) === 'message') return;
  const how = entity.about.type === 'multipart/related' ? 'together' : 'apart';
  for (const child of entity.children) yield* belongingIn({ entity: child, source, prefix }, how);
}

const CONTENT_ID = /cid:(<?[^"'\s<>()]{1,1000})/gi;
const ADDRESS =
  /(?:src|background)\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))/gi;

/** What HTML asks for: ids behind `cid:`, addresses, and the last word of each. */
function* askedFor(html: string): Generator<string> {
  for (const [, id = ''] of html.matchAll(CONTENT_ID))
    yield foldedContentId(contentIdOf(`cid:${withoutEntities(id)}`));
  for (const [, double, single, bare] of html.matchAll(ADDRESS)) {
    const address = (double ?? single ?? bare ?? '').trim();
    yield address;
    yield locationName(address);
  }
}

/** As programs escape what stands in an attribute. */
const withoutEntities = (id: string): string =>
  id
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#64;', '@')
    .replaceAll('&amp;', '&');

function htmlIn(body: readonly BodyPart[]): readonly string[] {
  return body.flatMap((part) => {
    if (part.kind === 'html') return [part.html];
    return part.kind === 'alternatives' ? part.choices.flatMap((one) => htmlIn(one.body)) : [];
  });
}

function without(
  body: readonly BodyPart[],
  isPlaced: (picture: PicturePart) => boolean,
): BodyPart[] {
  return body.flatMap((part): BodyPart[] => {
    if (part.kind === 'picture') return isPlaced(part) ? [] : [part];
    if (part.kind !== 'alternatives') return [part];
    const choices = part.choices.map((one) => ({ ...one, body: without(one.body, isPlaced) }));
    return [{ ...part, choices: choices.filter((one) => one.body.length > 0) }];
  });
}
