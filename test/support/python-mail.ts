/**
 * What Python's `email` (policy default) makes of messages, as an oracle: addresses, the date, and of
 * every leaf of the MIME tree its type and its decoded content. Python reads the same bytes that we
 * read, from a file of stretches, and answers one JSON line a message.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface PythonLeaf {
  readonly type: string;
  /** Decoded text; null for what is no text. */
  readonly text: string | null;
  /** SHA-256 of the decoded bytes, and how many. */
  readonly digest: string;
  readonly bytes: number;
  /** What Python found wrong with it. */
  readonly defects: readonly string[];
}

export interface PythonMail {
  /** By field, `[name, address]`; null where Python fails. */
  readonly people: Readonly<Record<string, readonly (readonly [string, string])[] | null>>;
  /** Fields that Python finds broken. */
  readonly broken: readonly string[];
  readonly leaves: readonly PythonLeaf[];
  /** Why Python gave up; empty if it did not. */
  readonly failed: string;
}

/** A stretch of a file. */
export interface Stretch {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

const SCRIPT = `
import sys, json, hashlib, gzip, bz2, lzma
from email import policy, message_from_bytes
OPENERS = {'gzip': gzip.open, 'bzip2': bz2.open, 'xz': lzma.open}
FIELDS = ['from', 'to', 'cc', 'reply-to', 'sender']
def clean(text):
    return text.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')
def people(message, name):
    try:
        found = []
        for value in message.get_all(name, []):
            for one in value.addresses if hasattr(value, 'addresses') else [value.address]:
                found.append([clean(one.display_name), clean(one.addr_spec)])
        return found
    except Exception:
        return None
def broken(message, name):
    try:
        # Words without quotes are a defect for it, and in every second message.
        return any(type(one).__name__ != 'ObsoleteHeaderDefect' for value in message.get_all(name, []) for one in value.defects)
    except Exception:
        return True
def leaves(part):
    # Python takes every message/* for a message; those of machines are fields, and parts are parts.
    kind = part.get_content_type()
    if kind.startswith('message/') and kind not in ('message/rfc822', 'message/global'):
        yield part
    elif isinstance(part.get_payload(), list):
        for one in part.get_payload():
            yield from leaves(one)
    else:
        yield part
def leaf(part):
    if part.get_content_maintype() == 'message':
        return {'type': part.get_content_type(), 'text': None, 'digest': '', 'bytes': 0, 'defects': []}
    raw = part.get_payload(decode=True)
    if raw is None:
        raw = b''
    text = None
    if part.get_content_maintype() == 'text' or part.get_content_maintype() == 'multipart':
        try:
            text = raw.decode(part.get_param('charset', 'ascii'), 'replace')
        except Exception:
            text = raw.decode('latin-1')
    return {'type': part.get_content_type(), 'text': text and clean(text) if text is not None else None,
        'digest': hashlib.sha256(raw).hexdigest(), 'bytes': len(raw),
        'defects': sorted({type(one).__name__ for one in part.defects})}
path = None
data = b''
for line in sys.stdin:
    file, compressed, offset, length = json.loads(line)
    answer = {'people': {}, 'broken': [], 'leaves': [], 'failed': ''}
    try:
        if file != path:
            with OPENERS.get(compressed, open)(file, 'rb') as opened:
                data = opened.read()
            path = file
        message = message_from_bytes(data[offset:offset + length], policy=policy.default)
        answer['people'] = {name: people(message, name) for name in FIELDS}
        answer['broken'] = [name for name in FIELDS if broken(message, name)]
        answer['leaves'] = [leaf(part) for part in leaves(message)]
    except Exception as error:
        answer['failed'] = type(error).__name__ + ': ' + str(error)[:200]
    print(json.dumps(answer))
`;

/** Python's answers, in the order of the messages. */
export async function* pythonMails(
  stretches: readonly (Stretch & { readonly compressed: string | null })[],
): AsyncGenerator<PythonMail> {
  const python = spawn('python3', ['-I', '-X', 'utf8', '-c', SCRIPT], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  python.stdin.end(
    stretches
      .map(({ file, compressed, offset, length }) =>
        JSON.stringify([file, compressed, offset, length]),
      )
      .join('\n'),
  );
  for await (const line of createInterface({ input: python.stdout })) {
    yield JSON.parse(line) as PythonMail;
  }
}
