/**
 * Attacks on whoever reads a message, as tables: each a message of its own. All are written here,
 * from published classes; they do nothing but show that they ran: a word in the console, a dialog, a
 * title, a request to a host that the tests own.
 */

/** What a message tries, and the message without its separator line. */
export interface Attack {
  readonly name: string;
  readonly message: string;
}

/** Every name below resolves to the machine of the test. */
export const HOST = 'attacker.example';
export const CANARY = 'canary-ran';
/** A file that no message may touch. The test puts its own in the place of this word. */
export const FILE = 'CANARY-FILE';

/** A script that shows in four ways that it ran. */
export const RUN = `console.log('${CANARY}');document.title='${CANARY}';new Image().src='http://${HOST}/ran';alert('${CANARY}')`;
/** The same where neither quotes nor spaces are possible. */
export const RUN_SHORT = 'alert(1)';

const HEAD = `From: "Mallory" <mallory@${HOST}>\nTo: reader@example.org\nDate: Thu, 1 Jan 2004 10:00:00 +0000\nMIME-Version: 1.0\n`;

/** Words that a header field can hold whatever the attack is called. */
const plain = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);

export function htmlAttack(name: string, html: string, charset = 'utf-8'): Attack {
  const head = `${HEAD}Subject: ${plain(name)}\nContent-Type: text/html; charset=${charset}\n`;
  return { name, message: `${head}Content-Transfer-Encoding: 8bit\n\n${html}\n` };
}

/** A whole message of other make. @param rest header fields, an empty line, the body */
export function rawAttack(name: string, rest: string): Attack {
  return { name, message: `${HEAD}Subject: ${plain(name)}\n${rest}\n` };
}

/** A message whose own header is the attack. */
export function headAttack(name: string, fields: string): Attack {
  return { name, message: `MIME-Version: 1.0\n${fields}\n\nThe header is what this is about.\n` };
}

/** An attachment with a hostile name. @param parameter of Content-Disposition, whole */
export function nameAttack(
  name: string,
  parameter: string,
  type = 'application/octet-stream',
): Attack {
  return rawAttack(
    name,
    `Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nSee attachment.\n` +
      `--B\nContent-Type: ${type}\nContent-Disposition: attachment; ${parameter}\n\nharmless\n--B--`,
  );
}

/** Attacks of one class from a table of names and HTML. */
export function htmlAttacks(
  kind: string,
  table: Readonly<Record<string, string>>,
): readonly Attack[] {
  return Object.entries(table).map(([name, html]) => htmlAttack(`${kind}: ${name}`, html));
}

/** One mailbox of them all. Lines that begin with "From " would end a message, and are quoted. */
export function attackMailbox(attacks: readonly Attack[]): Buffer {
  const pieces = attacks.map(({ message }) =>
    Buffer.from(
      `From mallory@${HOST} Thu Jan  1 10:00:00 2004\n${message.replace(/^(>*From )/gm, '>$1')}\n`,
      'utf8',
    ),
  );
  return Buffer.concat(pieces);
}
