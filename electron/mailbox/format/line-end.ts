
/** Where a file's first line that is not empty begins, a byte-order mark passed. */
export function trimmedStart(head: Uint8Array): number {
  let at = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  while (head[at] === LF || head[at] === CR) at += 1;
  return at;
}
