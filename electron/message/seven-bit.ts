/**
 * Three charsets that old mail used to get through seven-bit lines and that TextDecoder refuses:
 * UTF-7 (RFC 2152), HZ (RFC 1843) and ISO-2022-KR (RFC 1557). Imports nothing; linear; never throws.
 */

/** The text of UTF-7. */
export function utf7Text(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\+([A-Za-z0-9+/]*)-?/g, (_, code: string) => {
    if (code === '') return '+';
    const units = Buffer.from(code, 'base64');
    return units
      .subarray(0, units.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}

/** HZ as bytes of GBK: what stands between `~{` and `~}` gets its high bits back. */
export function hzBytes(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replace(/~(?:\{([^~\r\n]*)(?:~\})?|(~)|\r?\n)/g, (_, chinese?: string, tilde?: string) =>
      chinese === undefined ? (tilde ?? '') : withHighBits(chinese),
    );
  return Buffer.from(text, 'latin1');
}

/** ISO-2022-KR as bytes of EUC-KR: what stands between SO and SI gets its high bits back. */
export function iso2022KrBytes(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replaceAll('\x1b$)C', '')
    .replace(/\x0e([^\x0f\r\n]*)\x0f?/g, (_, korean: string) => withHighBits(korean))
    .replaceAll('\x0f', '');
  return Buffer.from(text, 'latin1');
}

function withHighBits(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20) bytes[at] = byte | 0x80;
  }
  return bytes.toString('latin1');
}
