/**
 * Which labels of Gmail say that a message is a draft or a chat. Imports how labels are kept.
 *
 * Takeout writes both into the one mbox, told from letters by X-Gmail-Labels alone. It names them in the
 * language of the account, which the file does not tell and no documentation lists: these are the names
 * that Gmail's own pages have. What is called otherwise stays a label like any other.
 */

import { labelsOf } from './lists-and-labels.ts';

/** Bits of what labels say. */
export const DRAFT_LABEL = 1;
export const CHAT_LABEL = 2;

const DRAFTS = [
  'Draft, Drafts, Entwurf, Entwürfe, Brouillons, Borradores, Bozze, Rascunhos, Concepten, Esborranys',
  'Utkast, Kladder, Luonnokset, Koncepty, Wersje robocze, Piszkozatok, Mesaje nefinalizate, Skice',
  'Osnutki, Mustandid, Melnraksti, Juodraščiai, Черновики, Чернетки, Чернови, Taslaklar, Πρόχειρα',
  'Draf, Thư nháp, 下書き, 草稿, 임시보관함, ร่างจดหมาย, المسودات, טיוטות',
];
const CHATS = ['Chat, Chats, Чат, Чаты, Чати, チャット, 聊天, 채팅, แชท, دردشة'];

const namesIn = (lists: readonly string[]): string[] =>
  lists.flatMap((list) => list.toLowerCase().split(', '));

const meanings = new Map([
  ...namesIn(DRAFTS).map((name) => [name, DRAFT_LABEL] as const),
  ...namesIn(CHATS).map((name) => [name, CHAT_LABEL] as const),
]);

/** What the labels of a message say of it. @param kept as envelopes keep them */
export function labelBits(kept: string): number {
  return labelsOf(kept).reduce((all, label) => all | (meanings.get(label.toLowerCase()) ?? 0), 0);
}
