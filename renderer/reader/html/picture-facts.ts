/**
 * What a picture is and how large it becomes, told from its first bytes: PNG, GIF, JPEG, WebP, BMP.
 * SVG is none: it is a document. Sizes are read so that a few bytes cannot ask for gigabytes.
 */

import type { CARRIED_TYPES } from '../../../shared/reader-contract.ts';

export interface PictureFacts {
  readonly type: (typeof CARRIED_TYPES)[number];
  readonly width: number;
  readonly height: number;
}

/** What is larger than this is not drawn; four bytes a pixel. */
const PIXELS_MAX = 64 * 1000 * 1000;

/** Facts of a picture that can be shown; null if it is none, or would be too large. */
export function pictureFacts(bytes: Uint8Array): PictureFacts | null {
  const facts = read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!facts || facts.width === 0 || facts.height === 0) return null;
  return facts.width * facts.height > PIXELS_MAX ? null : facts;
}

function read(view: DataView): PictureFacts | null {
  if (view.byteLength < 30) return null;
  const start = view.getUint32(0);
  if (start === 0x89504e47) {
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (start === 0x47494638) {
    return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (start >>> 8 === 0xffd8ff) return jpeg(view);
  if (start === 0x52494646 && view.getUint32(8) === 0x57454250) return webp(view);
  if (start >>> 16 === 0x424d) {
    const height = Math.abs(view.getInt32(22, true));
    return { type: 'image/bmp', width: Math.abs(view.getInt32(18, true)), height };
  }
  return null;
}

/** From segment to segment until the one that says the size. */
function jpeg(view: DataView): PictureFacts | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const mark = view.getUint8(at + 1);
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    const isSize = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);
    if (isSize) {
      const height = view.getUint16(at + 5);
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webp(view: DataView): PictureFacts | null {
  const type = 'image/webp';
  switch (view.getUint32(12)) {
    case 0x56503820:
      return {
        type,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: {
      const width = (view.getUint32(24, true) & 0xffffff) + 1;
      return { type, width, height: ((view.getUint32(26, true) >>> 8) & 0xffffff) + 1 };
    }
    default:
      return null;
  }
}
