/**
 * Which addresses a picture of a stranger may be fetched from: the public web. A message must not be
 * able to knock at the machines of a home or an office, whatever a person allowed.
 */

/** Names that mean a machine nearby, whatever answers to them. */
const NEARBY_NAME =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)$/;
const NUMBERS = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

/**
 * True for an address of the public web. A browser's own parser has brought the numbers of a host
 * into one form by then, so that `0x7f.1` is `127.0.0.1`.
 */
export function isPublicWebAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  const host = hostname.replace(/\.$/, '').toLowerCase();
  // An IPv6 address in brackets: pictures of public senders have names.
  if (host.startsWith('[') || !host.includes('.') || NEARBY_NAME.test(host)) return false;
  const numbers = NUMBERS.exec(host);
  return !numbers || isPublicNumber(Number(numbers[1]), Number(numbers[2]));
}

function isPublicNumber(first: number, second: number): boolean {
  if (first === 0 || first === 10 || first === 127 || first >= 224) return false;
  if (first === 100 && second >= 64 && second < 128) return false;
  if (first === 169 && second === 254) return false;
  if (first === 172 && second >= 16 && second < 32) return false;
  return !(first === 192 && second === 168) && !(first === 198 && (second === 18 || second === 19));
}
