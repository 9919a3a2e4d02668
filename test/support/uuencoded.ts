/** Files as uuencode writes them (POSIX), one line after the other, from `begin` to `end`. */

/** @param zero how six bits of nothing are written: programs differ */
export function uuencodedLines(bytes: Uint8Array, name: string, zero: ' ' | '`' = '`'): string[] {
  const letter = (bits: number): string => (bits === 0 ? zero : String.fromCharCode(bits + 0x20));
  const lines = [`begin 644 ${name}`];
  for (let at = 0; at < bytes.length; at += 45) {
    const some = bytes.subarray(at, at + 45);
    let line = letter(some.length);
    for (let index = 0; index < some.length; index += 3) {
      const [one = 0, two = 0, three = 0] = some.subarray(index, index + 3);
      const bits = (one << 16) | (two << 8) | three;
      line += [18, 12, 6, 0].map((shift) => letter((bits >> shift) & 63)).join('');
    }
    lines.push(line);
  }
  return [...lines, zero, 'end'];
}
