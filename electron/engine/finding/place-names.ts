/**
 * What folders and archives are called where a person sees them: in Thunderbird, Apple Mail, a file
 * browser. Imports nothing.
 */

/** Endings that say what a file is, not what it is called. */
const ENDINGS = /\.(?:mbox|mbx|mbs|mmdf|babyl)$/i;
const PACKED_ENDINGS = /\.(?:gz|bz2|xz|zst|zip)$/i;
/** Where Thunderbird keeps what is below a folder. */
const BELOW = /\.sbd$/;
/** Thunderbird and SeaMonkey call a profile's folder by chance and a name. */
const PROFILE = /^[0-9a-z]{8}\.(.+)$/i;
const ACCOUNT =
  /^user_pref\("mail\.server\.(server\d+)\.(directory|directory-rel|name|hostname)", ("(?:[^"\\]|\\.)*")\);/;

/** An archive's name; what it ends in is left out where it only says what it is. */
export function archiveName(fileName: string): string {
  const plain = fileName.replace(PACKED_ENDINGS, '').replace(ENDINGS, '');
  return decodedName(plain === '' ? fileName : plain);
}

/** A folder's name. That of what is below `Inbox` in Thunderbird is that of `Inbox`. */
export function folderName(fileName: string): string {
  return decodedName(fileName.replace(BELOW, '') || fileName);
}

/** The folder of a profile, by the profile's own name. */
export function profileName(fileName: string): string {
  return `Thunderbird: ${PROFILE.exec(fileName)?.[1] ?? fileName}`;
}

/**
 * Names of servers' folders are written in the alphabet of IMAP (RFC 3501, 5.1.3), and stored so.
 * What is not well-formed stays as it is.
 */
function decodedName(name: string): string {
  return name.replaceAll(/&([A-Za-z0-9+,]+)-/g, (written, coded: string) => {
    const bytes = Buffer.from(coded.replaceAll(',', '/'), 'base64');
    if (bytes.length === 0 || bytes.length % 2 !== 0) return written;
    const text = bytes.swap16().toString('utf16le');
    return /[\p{Cc}\p{Cs}\uFFFD]/u.test(text) ? written : text;
  });
}

/**
 * The accounts of a Thunderbird profile: the folder of each, relative to the profile's or absolute, and
 * what the account is called.
 * @param preferences the text of `prefs.js`
 */
export function accountsIn(preferences: string): ReadonlyMap<string, string> {
  const servers = new Map<string, Map<string, string>>();
  for (const line of preferences.split(/\r?\n/)) {
    const [, server = '', fact = '', quoted = ''] = ACCOUNT.exec(line) ?? [];
    const text = unquoted(quoted);
    if (text === '') continue;
    const facts = servers.get(server) ?? new Map<string, string>();
    servers.set(server, facts.set(fact, text));
  }
  const accounts = new Map<string, string>();
  for (const facts of servers.values()) {
    const name = facts.get('name') ?? facts.get('hostname');
    const relative = facts.get('directory-rel')?.replace(/^\[ProfD\]/, '');
    const folder = relative ?? facts.get('directory');
    if (name !== undefined && folder !== undefined) accounts.set(folder, name);
  }
  return accounts;
}

/** Empty for what is no string. */
function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
