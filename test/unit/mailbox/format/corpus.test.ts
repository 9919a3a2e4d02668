/**
 * Goal: on real mail that no one here wrote, messages are found where an independent reader finds
 * them, byte for byte. Method: every mailbox of the corpus is scanned and compared with the oracle's
 * answers; where honest readers disagree, agreement is counted, and the exceptions are listed here
 * with their reason.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';
import { detectFormat } from '../../../../electron/mailbox/format/dialect.ts';
import { babyl } from '../../../../electron/mailbox/format/babyl.ts';
import { DEFAULT_READING, type Format } from '../../../../electron/mailbox/format/format.ts';
import { mbox } from '../../../../electron/mailbox/format/mbox.ts';
import { mmdf } from '../../../../electron/mailbox/format/mmdf.ts';
import { scan } from '../../../../electron/mailbox/toc/scan.ts';
import { Table } from '../../../../electron/mailbox/toc/table.ts';
import { MailboxError } from '../../../../shared/errors.ts';
import { byteOffset, messageNumber } from '../../../../shared/units.ts';
import { type ExpectedFile, openCorpus } from '../../../support/corpus.ts';
import { scanBytes } from '../../../support/scanned.ts';

const corpus = openCorpus();
const HEAD_BYTES = 64 * 1024;

/** Files that honest readers read in different ways, where we do not follow the oracle. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'files/git/t/t5100/sample.mbox':
    'a line with the fixed date of git inside an ordinary mailbox is content to us',
  'files/postsack-mbox/tests/resources/mbox/INBOX.mbox':
    'lines with the fixed date of git inside an ordinary mailbox are content to us',
  'files/mimekit/UnitTests/TestData/mbox/unmunged.mbox.txt':
    'its byte-order mark is preamble to us, not part of the first separator line',
};

/** Files whose doubtful lines differ from the oracle's. */
const DOUBTED_OTHERWISE: Readonly<Record<string, string>> = {
  ...OTHERWISE,
  'files/eudora2unix-windows/test/Windows Eudora 7.1 Folder/In.mbx':
    'the envelope of Eudora is sign enough: it never writes an empty line before it',
  'files/neomutt-test-files/mbox/fig.mbox':
    'its one postmark neither opens nor closes a message; the oracle lists disputed From_ lines only',
};

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['mbox', mbox],
  ['eudora', mbox],
  ['mmdf', mmdf],
  ['babyl', babyl],
]);

const isMailbox = ({ dialect }: ExpectedFile): boolean => FORMATS.has(dialect);

describe.skipIf(corpus === null)('real archives', () => {
  const expected = corpus?.expected() ?? [];
  const bytesOf = (file: ExpectedFile): Buffer => corpus?.bytesOf(file) ?? Buffer.alloc(0);

  test('every message lies where the oracle finds it', async () => {
    const differing: string[] = [];
    const doubtedOtherwise: string[] = [];
    let undebated = 0;
    for (const file of expected.filter(isMailbox)) {
      const bytes = bytesOf(file);
      const format = detectFormat(bytes.subarray(0, HEAD_BYTES), file.path);
      expect(format.name, file.path).toBe(FORMATS.get(file.dialect)?.name);
      const { spans, report } = await scanBytes(bytes, { format });
      const ours = spans.map(({ offset, length, separatorLength }) =>
        [offset, length, offset + separatorLength].join(),
      );
      const theirs = file.messages.map(({ offset, length, msg_offset }) =>
        [offset, length, msg_offset].join(),
      );
      if (!file.debatable) undebated += 1;
      if (ours.join(';') !== theirs.join(';')) differing.push(file.path);
      const doubtful = new Set<number>(report.lines.map((line) => line.offset));
      // The oracle lists the first sixty of them.
      const named = file.disputed.every((line) => doubtful.has(line.offset));
      if (!named || report.doubtful !== (file.disputed_total ?? 0))
        doubtedOtherwise.push(file.path);
    }
    expect(undebated).toBe(868);
    expect(differing.sort()).toEqual(Object.keys(OTHERWISE).sort());
    expect(doubtedOtherwise.sort()).toEqual(
      Object.keys(DOUBTED_OTHERWISE)
        .filter((path) => !path.endsWith('unmunged.mbox.txt'))
        .sort(),
    );
  });

  test('only mailboxes are taken for mailboxes, and the rest is named', () => {
    const wrong: string[] = [];
    for (const file of expected) {
      const head = bytesOf(file).subarray(0, HEAD_BYTES);
      let found: string;
      try {
        const format = detectFormat(head, file.path);
        // A single message is no mailbox.
        found = format.readOnly ? format.name : format.recognises(head);
      } catch (error) {
        found = error instanceof MailboxError ? error.code : String(error);
      }
      if (isMailbox(file) !== (found === 'yes')) wrong.push(`${file.path}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });

  test('the big mailbox has all of its 102,720 messages at the offsets of its parts', async () => {
    const file = await realDisk.open(corpus?.bigMailbox ?? '', 'read');
    const table = new Table();
    const { size } = await file.facts();
    await scan(
      file,
      mbox,
      DEFAULT_READING,
      { from: byteOffset(0), size },
      { into: table, signal: new AbortController().signal, onProgress: () => undefined },
    );
    await file.close();
    const byPath = new Map(expected.map((entry) => [entry.path, entry]));
    const offsets = (corpus?.parts() ?? []).flatMap((part) =>
      (byPath.get(part.path)?.messages ?? []).map(({ offset }) => part.offset + offset),
    );
    expect(table.count).toBe(102_720);
    const ours = Array.from({ length: table.count }, (_, at) => table.offset(messageNumber(at)));
    const found = new Set<number>(ours);
    const missing = offsets.filter((offset) => !found.has(offset)).slice(0, 5);
    expect({ missing, count: offsets.length }).toEqual({ missing: [], count: 102_720 });
    expect(ours).toEqual(offsets);
  });

  test('a file cut into other chunks gives the same table', async () => {
    const file = expected.find(
      ({ path }) => path === 'files/grepmail/t/mailboxes/mailarc-1.txt.gz',
    );
    const bytes = file ? bytesOf(file) : readFileSync('/dev/null');
    const whole = await scanBytes(bytes);
    for (const chunkBytes of [1000, 65_536]) {
      const { spans, report } = await scanBytes(bytes, { chunkBytes });
      expect(spans).toEqual(whole.spans);
      expect(report).toEqual(whole.report);
    }
  });
});
