/**
 * What a window and main say to each other about showing a message: the finished document of its
 * HTML, the links in it, files made of its parts, and how a person likes to read. Checked against
 * these schemas when it arrives in main; what main remembers is checked again when it is read.
 */

import { z } from 'zod';
import { keySchema, partSchema } from './reading-contract.ts';

/** The scheme by which documents of messages are served: each under a name nobody can guess. */
export const MESSAGE_SCHEME = 'mailkeep-message';
/**
 * All of them are of one site, so that one process of their own shows them one after the other; what
 * keeps them apart is that each has an origin that equals no other.
 */
const MESSAGE_SITE = `${MESSAGE_SCHEME}://message/`;
/** Every link of such a document leads to this folder of it; its name is its place in the table. */
export const LINK_FOLDER = 'link/';

export const documentAddress = (token: string): string => `${MESSAGE_SITE}${token}/`;

/** Of a document that plays a sound: where the sound itself is. */
const SOUND = 'sound';
export const soundAddress = (token: string): string => documentAddress(token) + SOUND;

/** The token of a sound's address; null if it is none. */
export function soundTokenOf(address: string): string | null {
  return address.endsWith(`/${SOUND}`) ? tokenOf(address.slice(0, -SOUND.length)) : null;
}

/** Pictures that a message carries, beside its document: each by its place among them. */
const PICTURE_FOLDER = 'picture/';
export const pictureFolder = (token: string): string => documentAddress(token) + PICTURE_FOLDER;
/** As the document itself names one. */
export const carriedAddress = (place: number): string => `${PICTURE_FOLDER}${place}`;

/** The document of a picture's address, and which picture of it that is; null if it is none. */
export function carriedPlace(
  address: string,
): { readonly token: string; readonly place: number } | null {
  const match = PICTURE_ADDRESS.exec(address);
  return match?.[1] === undefined ? null : { token: match[1], place: Number(match[2]) };
}

/** The token of a document's address, whatever fragment of it is shown; null if it is none. */
export function tokenOf(address: string): string | null {
  return DOCUMENT_ADDRESS.exec(address)?.[1] ?? null;
}
/** A document is no longer than this, in characters. */
export const DOCUMENT_LENGTH_MAX = 48 * 1024 * 1024;
/** A window keeps no more documents than this: messages inside of messages have one each. */
export const DOCUMENTS_MAX = 24;

export const READER_VIEWS = ['html', 'text', 'headers', 'source'] as const;
export type ReaderView = (typeof READER_VIEWS)[number];

/** A message is shown at one of these sizes, in percent. */
export const ZOOMS = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;
export const ZOOM_USUAL = 100;

/** Whose pictures are always fetched: addresses, in lower case. */
export const PICTURE_SENDERS_MAX = 2000;
const address = z.string().min(1).max(320);

export const readerSettingsSchema = z.strictObject({
  view: z.enum(READER_VIEWS).catch('html'),
  zoom: z.number().min(ZOOMS[0]).max(300).catch(ZOOM_USUAL),
  pictureSenders: z.array(address).max(PICTURE_SENDERS_MAX).catch([]),
  /** Whether lists show threads. */
  threads: z.enum(['off', 'on']).catch('off'),
});
export type ReaderSettings = Readonly<z.infer<typeof readerSettingsSchema>>;

export const READER_SETTINGS_USUAL: ReaderSettings = {
  view: 'html',
  zoom: ZOOM_USUAL,
  pictureSenders: [],
  threads: 'off',
};

export const tokenSchema = z.string().max(100);

export const CARRIED_TYPES = [
  'image/png',
  'image/gif',
  'image/jpeg',
  'image/webp',
  'image/bmp',
] as const;
/** Of one document. */
export const CARRIED_MAX = 400;

/** A picture that a message carries: as bytes, so that nobody writes it out as letters and back. */
const carriedSchema = z.strictObject({
  type: z.enum(CARRIED_TYPES),
  bytes: z.instanceof(Uint8Array),
});
export type CarriedPicture = Readonly<z.infer<typeof carriedSchema>>;

/**
 * A document to be shown in a frame, at the place of a token, and the pictures that it carries.
 * `pictures` says whether it may fetch remote pictures, and nothing else ever.
 */
export const documentSchema = z.strictObject({
  html: z.string().max(DOCUMENT_LENGTH_MAX),
  pictures: z.enum(['none', 'remote']),
  carried: z.array(carriedSchema).max(CARRIED_MAX).default([]),
  token: tokenSchema,
});
export type MessageDocument = Readonly<z.infer<typeof documentSchema>>;

/** A part of a message that another program gets as a file, or that is played. */
export const partFileSchema = z.strictObject({ key: keySchema, part: partSchema });
export type PartFile = Readonly<z.infer<typeof partFileSchema>>;

export const LINK_LENGTH_MAX = 8192;

/** What happens in a frame, told by main: a window cannot look into it. */
export type FrameEvent =
  /** A link was chosen: the frame's token, and the link's place in the window's table. */
  | { readonly frame: 'link'; readonly token: string; readonly link: number }
  /** A frame shows the document of this token from now on; its pictures may come later. */
  | { readonly frame: 'come'; readonly token: string }
  /** The pointer or the focus is on a link; empty if on none any more. */
  | { readonly frame: 'hover'; readonly url: string }
  /** A key was pressed, possibly while a frame had the keyboard. */
  | {
      readonly frame: 'key';
      readonly key: string;
      readonly ctrlKey: boolean;
      readonly metaKey: boolean;
      readonly shiftKey: boolean;
      readonly altKey: boolean;
    };

/** The token and the place of a link, if the address is one of a message's document. */
export function linkPlace(url: string): { readonly token: string; readonly link: number } | null {
  const match = LINK_ADDRESS.exec(url);
  return match?.[1] === undefined ? null : { token: match[1], link: Number(match[2]) };
}

const DOCUMENT_ADDRESS = new RegExp(`^${MESSAGE_SITE}([a-z0-9]{16,64})/(?:#.*)?$`);
const PICTURE_ADDRESS = new RegExp(
  `^${MESSAGE_SITE}([a-z0-9]{16,64})/${PICTURE_FOLDER}(\\d{1,3})$`,
);
const LINK_ADDRESS = new RegExp(`^${MESSAGE_SITE}([a-z0-9]{16,64})/${LINK_FOLDER}(\\d{1,6})$`);
