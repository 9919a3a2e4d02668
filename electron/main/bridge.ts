/**
 * The far end of the preload script's bridge, and the only user of ipcMain.
 *
 * Every request is checked: it must come from the top frame of a page of ours, name a request of
 * the table below, and bring what its schema says. Answers are values, never throws.
 */

import { type IpcMainInvokeEvent, ipcMain, type MessagePortMain, type WebContents } from 'electron';
import { z } from 'zod';
import { type Answer, toAnswer } from '../../shared/answer.ts';
import type { ArchiveEvent, MenuCommand } from '../../shared/bridge.ts';
import { chartFileSchema } from '../../shared/chart-contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import { EXPORT_FORMS } from '../../shared/export-contract.ts';
import { archiveViewSchema, panesSchema, preferencesSchema } from '../../shared/preferences.ts';
import {
  documentSchema,
  type FrameEvent,
  LINK_LENGTH_MAX,
  partFileSchema,
  readerSettingsSchema,
  tokenSchema,
} from '../../shared/reader-contract.ts';
import { saveRequestSchema } from '../../shared/reading-contract.ts';
import type { LibraryEvent } from '../../shared/library.ts';
import { ZIP_ENTRIES_MAX } from '../../shared/packing.ts';
import type { ArchiveId } from '../../shared/units.ts';
import { PAGE_ORIGIN } from './page.ts';
import { savedSearchesSchema } from '../../shared/saved-search.ts';
import type { Language } from '../../shared/language/languages.ts';

const archive = z.string().max(100);
const filePath = z.string().min(1).max(32_768);
const name = z.string().max(1000);
/** Some thousand messages; what is printed is laid out as a whole. */
const document = z.string().max(64 * 1024 * 1024);

/** Every request a window may make, and what it must bring. */
export const requests = {
  openDialog: z.null(),
  mailPlaces: z.null(),
  openPlace: filePath,
  openDropped: z.array(filePath).max(1000),
  openRecent: filePath,
  openSample: z.null(),
  openFolder: z.null(),
  library: z.null(),
  openFromLibrary: filePath,
  keepInLibrary: archive,
  removeFromLibrary: filePath,
  lookAgain: filePath,
  stopLooking: filePath,
  reopen: archive,
  expandAll: archive,
  openEntries: z.strictObject({ archive, entries: z.array(filePath).max(ZIP_ENTRIES_MAX) }),
  closeArchive: archive,
  lendEngine: z.strictObject({ path: filePath, loan: archive }),
  giveBackEngine: archive,
  show: archive.nullable(),
  recent: z.null(),
  reveal: archive,
  saveParts: z.strictObject({ archive, request: saveRequestSchema }),
  chooseExportPlace: z.strictObject({ archive, as: z.enum(EXPORT_FORMS) }),
  revealTaken: z.strictObject({ word: z.string().max(100), name }),
  print: document,
  savePdf: z.strictObject({ document, name }),
  saveChart: chartFileSchema,
  placeDocument: z.null(),
  keepDocument: documentSchema,
  keepSound: z.strictObject({ archive, request: partFileSchema }),
  dropDocument: tokenSchema,
  openLink: z.string().min(1).max(LINK_LENGTH_MAX),
  openPart: z.strictObject({ archive, request: partFileSchema }),
  dragPart: z.strictObject({ archive, request: partFileSchema }),
  readerSettings: z.null(),
  rememberReader: readerSettingsSchema,
  indexesTexts: z.null(),
  rememberIndexTexts: z.boolean(),
  savedSearches: z.null(),
  rememberSearches: savedSearchesSchema,
  preferences: z.null(),
  rememberPreferences: preferencesSchema,
  panes: z.null(),
  rememberPanes: panesSchema,
  rememberView: z.strictObject({ archive, view: archiveViewSchema }),
  troubles: z.null(),
  ready: z.null(),
} as const satisfies Record<string, z.ZodType>;

type Requests = typeof requests;
export type RequestHandlers = {
  readonly [Name in keyof Requests]: (
    contents: WebContents,
    argument: z.infer<Requests[Name]>,
  ) => Promise<unknown> | unknown;
};

function checkSender(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null || !frame.url.startsWith(`${PAGE_ORIGIN}/`)) {
    throw new MailboxError('MISUSE', { sender: frame?.url ?? '' });
  }
}

/** Answers the requests of every window. */
export function serveBridge(handlers: RequestHandlers): void {
  const handlerOf = handlers as Record<string, (contents: WebContents, argument: never) => unknown>;
  ipcMain.handle(
    'bridge',
    (event, name: unknown, argument: unknown): Promise<Answer<unknown>> =>
      toAnswer(async () => {
        checkSender(event);
        const schema = Object.entries(requests).find(([known]) => known === name)?.[1];
        const handle = handlerOf[String(name)];
        const checked = schema?.safeParse(argument);
        if (!handle || !checked?.success)
          throw new MailboxError('MISUSE', { request: String(name) });
        return (await handle(event.sender, checked.data as never)) ?? null;
      }),
  );
}

/** Tells a window about an archive of its; silent if the window is gone. */
export function sendArchive(contents: WebContents, event: ArchiveEvent): void {
  if (!contents.isDestroyed()) contents.send('archive', event);
}

/** Tells a window of the library; silent if the window is gone. */
export function sendLibrary(contents: WebContents, event: LibraryEvent): void {
  if (!contents.isDestroyed()) contents.send('library', event);
}

/** Hands a window the port to an archive's engine. */
export function sendPort(contents: WebContents, id: ArchiveId, port: MessagePortMain): void {
  if (contents.isDestroyed()) port.close();
  else contents.postMessage('port', id, [port]);
}

/** Tells a window which language is spoken. */
export function sendLanguage(contents: WebContents, language: Language): void {
  if (!contents.isDestroyed()) contents.send('language', language);
}

/** Sends a menu command to a window. */
export function sendMenu(contents: WebContents, command: MenuCommand): void {
  if (!contents.isDestroyed()) contents.send('menu', command);
}

/** Tells a window what happens in a frame of its, into which it cannot look. */
export function sendFrame(contents: WebContents, event: FrameEvent): void {
  if (!contents.isDestroyed()) contents.send('frame', event);
}
