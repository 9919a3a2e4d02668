/**
 * A sound that is played while it is read: whatever stretch of it the player asks for is fetched from
 * the engine in strokes, and no more of them than the player takes. Imports shared.
 */

import type { SoundBytes } from '../../shared/reading-contract.ts';
import { STRANGE_HEADERS } from './strange-headers.ts';

/** Asks the engine for bytes of the sound. */
export type ReadSound = (from: number, length: number) => Promise<SoundBytes>;

const STROKE_BYTES = 256 * 1024;
const RANGE = /^bytes=(\d{1,15})-(\d{0,15})$/;

export class Sound {
  readonly #read: ReadSound;
  readonly #total: number;

  private constructor(read: ReadSound, total: number) {
    this.#read = read;
    this.#total = total;
  }

  /** @throws as `read` */
  static async of(read: ReadSound): Promise<Sound> {
    const { total } = await read(0, 0);
    return new Sound(read, total);
  }

  /** Answers a request of the player: with all of the sound, or with the stretch it asks for. */
  answer({ headers }: Request): Response {
    const total = this.#total;
    const wanted = RANGE.exec(headers.get('range') ?? '');
    const from = Number(wanted?.[1] ?? 0);
    const end = Math.min(total, Number(wanted?.[2] || total - 1) + 1);
    const about = {
      ...STRANGE_HEADERS,
      // Whatever it is, it is played only if it is sound: so the player's own look at it decides.
      'content-type': 'audio/mpeg',
      'accept-ranges': 'bytes',
    };
    if (from >= end) {
      const range = `bytes */${total}`;
      return new Response(null, { status: 416, headers: { ...about, 'content-range': range } });
    }
    const length = { 'content-length': String(end - from) };
    const range = { 'content-range': `bytes ${from}-${end - 1}/${total}` };
    const body = this.#stretch(from, end);
    return wanted
      ? new Response(body, { status: 206, headers: { ...about, ...length, ...range } })
      : new Response(body, { headers: { ...about, ...length } });
  }

  #stretch(from: number, end: number): ReadableStream<Uint8Array> {
    let at = from;
    return new ReadableStream<Uint8Array>({
      pull: async (player) => {
        const { bytes } = await this.#read(at, Math.min(STROKE_BYTES, end - at));
        at += bytes.length;
        if (bytes.length > 0) player.enqueue(bytes);
        if (at >= end || bytes.length === 0) player.close();
      },
    });
  }
}
