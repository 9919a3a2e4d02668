/** S/MIME bodies made by hand: CMS around some bytes, in definite and in indefinite lengths. */

/** One element of DER. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const size = bytes.length;
  if (size < 0x80) return Buffer.concat([Buffer.from([tag, size]), bytes]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(size);
  return Buffer.concat([Buffer.from([tag, 0x84]), length, bytes]);
}

/** The same without its length: an end stands behind it. */
const endless = (tag: number, ...content: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);

const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const DATA = identifier('2a864886f70d010701');
const SIGNED = identifier('2a864886f70d010702');
const ENVELOPED = identifier('2a864886f70d010703');
const VERSION = der(0x02, Buffer.from([1]));
const ALGORITHMS = der(0x31, der(0x30, identifier('2b0e03021a')));

/** What is signed lies in the signature. */
export function opaque(content: Buffer, length: 'definite' | 'indefinite'): Buffer {
  if (length === 'definite') {
    const wrapped = der(0x30, DATA, der(0xa0, der(0x04, content)));
    return der(0x30, SIGNED, der(0xa0, der(0x30, VERSION, ALGORITHMS, wrapped)));
  }
  const half = content.length >>> 1;
  const pieces = [content.subarray(0, half), content.subarray(half)].map((one) => der(0x04, one));
  const wrapped = endless(0x30, DATA, endless(0xa0, endless(0x24, ...pieces)));
  const algorithms = endless(0x31, endless(0x30, identifier('2b0e03021a')));
  return endless(0x30, SIGNED, endless(0xa0, endless(0x30, VERSION, algorithms, wrapped)));
}

/** A signature whose text lies elsewhere. */
export const detached = (): Buffer =>
  der(0x30, SIGNED, der(0xa0, der(0x30, VERSION, ALGORITHMS, der(0x30, DATA))));

export const enveloped = (): Buffer => der(0x30, ENVELOPED, der(0xa0, der(0x30, VERSION)));
