/**
 * Four charsets that old mail used to get through seven-bit lines and that neither TextDecoder nor
 * iconv-lite reads: UTF-7 (RFC 2152; iconv-lite's is not linear), HZ (RFC 1843), ISO-2022-KR
 * (RFC 1557) and ISO-2022-CN (RFC 1922). Imports nothing; linear; never throws.
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

/** What stands for a character of a set that is not to be had here. */
const UNKNOWN = '\ufffd';
const CHINESE_ESCAPE =
  /\x1b\$\)([AEG])|\x1b\$\*H|\x1bN(..)|\x0e|\x0f|(\r?\n)|([^\x1b\x0e\x0f\r\n]+)|[\s\S]/g;

/**
 * The text of ISO-2022-CN (RFC 1922): between SO and SI stand characters of GB 2312 or, after another
 * designation, of CNS 11643, for which there is no table here. A line end undoes every designation.
 * @param gbk decodes GBK
 */
export function iso2022CnText(bytes: Buffer, gbk: (bytes: Buffer) => string): string {
  let set = '';
  let shifted = false;
  let text = '';
  for (const [all, designated, single, lineEnd, run] of bytes
    .toString('latin1')
    .matchAll(CHINESE_ESCAPE)) {
    if (designated) set = designated;
    else if (single) text += UNKNOWN;
    else if (all === '\x0e') shifted = true;
    else if (all === '\x0f') shifted = false;
    else if (lineEnd) {
      set = '';
      shifted = false;
      text += lineEnd;
    } else if (run && shifted) {
      text +=
        set === 'A'
          ? gbk(Buffer.from(withHighBits(run), 'latin1'))
          : UNKNOWN.repeat(Math.ceil(run.length / 2));
    } else if (run) text += run;
  }
  return text;
}
