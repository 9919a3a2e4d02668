/** What the dialog "Take attachments out" does: choose a place through main, then ask the engine. */

import type { Listed } from '../../shared/export-contract.ts';
import type { Staying, Stripped, StripWanted } from '../../shared/strip-contract.ts';
import type { AppStore, OpenArchive } from '../app/app-store.ts';
import { formatBytes } from '../design/format.ts';
import { say } from '../../shared/language/say.ts';

export interface StripChoice {
  readonly which: Listed;
  readonly wanted: StripWanted;
  readonly saveFirst: boolean;
}

/** Takes attachments out; nothing happens if a person thinks better of where to save them. */
export async function stripMessages(
  app: AppStore,
  { id, store }: OpenArchive,
  { which, wanted, saveFirst }: StripChoice,
): Promise<void> {
  if (!saveFirst) return store?.strip(which, wanted, null);
  const answer = await app.bridge.chooseExportPlace(id, 'attachments');
  if (!answer.ok) return app.fail(answer.error);
  if (answer.value) await store?.strip(which, wanted, answer.value);
}

/** What is left alone although it was asked for, and why. */
export function stayingInWords({ whole, within, other }: Staying): readonly string[] {
  return [
    whole > 0 ? say('strip.stays.whole', { attachments: whole }) : '',
    within > 0 ? say('strip.stays.within', { attachments: within }) : '',
    other > 0 ? say('strip.stays.other', { attachments: other }) : '',
  ].filter(Boolean);
}

/** What it came to. */
export function strippedInWords({
  amount,
  attachments,
  staying,
  conflicts,
  saved,
}: Stripped): string {
  const { messages, bytes } = amount;
  const done = { attachments, messages, size: formatBytes(bytes) };
  const sentences = [
    saved ? say('strip.doneSaved', { ...done, files: saved.files }) : say('strip.done', done),
    ...stayingInWords(staying),
    conflicts > 0 ? say('strip.conflicts', { messages: conflicts }) : '',
  ];
  return sentences.filter(Boolean).join(' ');
}
