/** What the commands that take messages away do: choose a place through main, then ask the engine. */

import { fromAnswer } from '../../shared/answer.ts';
import type { TakenPlace } from '../../shared/bridge.ts';
import {
  type Exported,
  type ExportOptions,
  isOneFile,
  type Listed,
} from '../../shared/export-contract.ts';
import type { AppStore, OpenArchive } from '../app/app-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import { paperDocument } from './paper-document.ts';
import { say } from '../../shared/language/say.ts';

/** Lets a person choose where, and exports there. */
export async function exportMessages(
  app: AppStore,
  { id, store }: OpenArchive,
  which: Listed,
  options: ExportOptions,
): Promise<void> {
  const answer = await app.bridge.chooseExportPlace(id, options.as);
  if (!answer.ok) return app.fail(answer.error);
  if (answer.value) await store?.takeOut(which, answer.value, options);
}

export async function printMessages(app: AppStore, store: ArchiveStore): Promise<void> {
  await store.onPaper(async () => {
    const { title, html } = await laidOut(store);
    if (title !== '') fromAnswer(await app.bridge.print(html));
    return null;
  });
}

export async function saveMessagesAsPdf(app: AppStore, store: ArchiveStore): Promise<void> {
  await store.onPaper(async () => {
    const { title, html } = await laidOut(store);
    return title === '' ? null : fromAnswer(await app.bridge.savePdf(html, title));
  });
}

/** The title is empty if there is nothing to lay out. */
async function laidOut(
  store: ArchiveStore,
): Promise<{ readonly title: string; readonly html: string }> {
  const messages = await store.toPrint();
  const [first] = messages;
  if (!first) return { title: '', html: '' };
  const one = first.subject || say('paper.title');
  const title = messages.length === 1 ? one : say('count.messages', { messages: messages.length });
  return { title, html: paperDocument(title, messages) };
}

const lastOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

/** Shows what was exported, under the name that it got. */
export function revealExported(
  app: AppStore,
  { result, place }: NonNullable<Snapshot['exported']>,
): void {
  app.revealTaken({ ...place, name: lastOf(result.path) } satisfies TakenPlace);
}

/** What an export came to. */
export function exportedInWords({ as, path, messages, files, bytes, missed }: Exported): string {
  const done = { messages, name: lastOf(path), size: formatBytes(bytes) };
  const sentences = [
    as === 'attachments'
      ? say('export.done.attachments', { ...done, files })
      : say(isOneFile(as) ? 'export.done.file' : 'export.done.folder', done),
    missed > 0 ? say('export.missed', { messages: missed }) : '',
  ];
  return sentences.filter(Boolean).join(' ');
}
