/**
 * The part of the contract by which messages are read: see `contract.ts`. The same on a port and on
 * stdio, but that bytes travel as they are there and as base64 here.
 */

import { z } from 'zod';
import { attachmentSchema, messageTextSchema, messageViewSchema } from './message-view.ts';

/** No call is answered with more bytes than this. */
export const BYTES_PER_CALL = 4 * 1024 * 1024;
/** No more parts are saved by one request. */
export const PARTS_PER_SAVE = 10_000;

export const keySchema = z.string().min(1).max(200);
export const partSchema = z.string().min(1).max(400);
const position = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const length = position.max(BYTES_PER_CALL);
/** One of `CHARSETS`, or any other name; what nobody knows is guessed. */
const charset = z.string().min(1).max(60);

const readParams = z.strictObject({ key: keySchema, charset: charset.optional() });
const sourceParams = z.strictObject({ key: keySchema, from: position, length });
const partParams = z.strictObject({ key: keySchema, part: partSchema, from: position, length });

/** `total` is null as long as the end has not been seen; no bytes behind the end. */
const chunk = <Bytes extends z.ZodType>(bytes: Bytes) =>
  z.strictObject({ bytes, end: z.boolean(), total: z.number().nullable() });

const texts = {
  /**
   * One message, decoded for reading, its text at once however long it is. GONE if it is no longer
   * there. `charset` is used for every text of it instead of what it says of itself.
   */
  read: { params: readParams, result: messageViewSchema },
  /** The text of a message without pictures and layout, those of messages inside of it below it. */
  text: { params: readParams, result: messageTextSchema },
  /** Every attachment: the message is looked through to its end, as a task that can be cancelled. */
  attachments: {
    params: z.strictObject({ key: keySchema }),
    result: z.strictObject({ attachments: z.array(attachmentSchema), omitted: z.number() }),
  },
} as const;

const inBytes = z.instanceof(Uint8Array);
const inBase64 = z.base64();

export const readingMethods = {
  ...texts,
  /** Decoded bytes of a part, from one of its bytes on. Cheapest in order. GONE if there is none. */
  part: { params: partParams, result: chunk(inBytes) },
  /** The message exactly as stored, separator line and all. */
  source: { params: sourceParams, result: chunk(inBytes) },
} as const;

export const readingMethodsInJson = {
  ...texts,
  part: { params: partParams, result: chunk(inBase64) },
  source: { params: sourceParams, result: chunk(inBase64) },
} as const;

/** A part to save, and the name it shall get; its own if none is given. Names are made safe. */
const partToSave = z.strictObject({ part: partSchema, name: z.string().max(1000).optional() });

/**
 * What a window asks main, and main, which adds a folder that a person chose, an engine. `whole` is
 * the message itself, as .eml.
 */
export const saveRequestSchema = z.strictObject({
  key: keySchema,
  parts: z.array(partToSave).min(1).max(PARTS_PER_SAVE),
});
export const WHOLE_MESSAGE = 'whole';
export type SaveRequest = Readonly<z.infer<typeof saveRequestSchema>>;

/** Where a person wants them, and under which names. */
export interface PlaceToSave {
  readonly folder: string;
  readonly parts: SaveRequest['parts'];
}
export type ToSave = Pick<SaveRequest, 'key'> & PlaceToSave;

/** A file that was written, under a name that was free. */
export interface SavedPart {
  readonly part: string;
  readonly name: string;
}

/** What main asks an engine for while a sound is played: bytes of it, as a browser plays it. */
export interface SoundStretch {
  readonly key: string;
  readonly part: string;
  readonly from: number;
  readonly length: number;
}

export interface SoundBytes {
  /** As many as were asked for, or up to the end. */
  readonly bytes: Uint8Array;
  /** Of the whole sound. */
  readonly total: number;
}

/** What was saved where. */
export interface Saved {
  readonly folder: string;
  readonly files: readonly SavedPart[];
}

export type PartChunk = Readonly<z.infer<(typeof readingMethods)['part']['result']>>;
