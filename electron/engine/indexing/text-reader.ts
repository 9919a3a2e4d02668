/**
 * Reads the texts of messages from an open file, on a thread that may wait for the disk: as words for
 * the index, or to see whether a term is true of them. Imports message/, catalog/text-index, formats,
 * and the descriptor shared with the engine.
 */

import type { FormatName } from '../../../shared/dialect-report.ts';
import { byteLength, byteOffset } from '../../../shared/units.ts';
import type { TextTerm } from '../../catalog/query/text-search.ts';
import { foldedLine } from '../../catalog/query/text-words.ts';
import { WordScanner } from '../../catalog/text-index/word-scanner.ts';
import { WordSet } from '../../catalog/text-index/word-set.ts';
import type { IndexedAttachment, WordsBatch } from '../../catalog/text-index/words-batch.ts';
import { readShared } from '../../mailbox/disk/shared-descriptor.ts';
import { FORMATS } from '../../mailbox/format/dialect.ts';
import type { Stretch } from '../../mailbox/toc/table.ts';
import { readSearchable, SEARCHABLE_BYTES_MAX } from '../../message/searchable.ts';
import { TermsInText, wordsInto } from './terms-in-text.ts';

/** What is read in one go. */
const WINDOW_BYTES = 1024 * 1024;
/** Bytes that nobody needs are read if that is less than another call costs. */
const SKIP_BYTES_MAX = 16 * 1024;

export interface TextsRequest {
  readonly descriptor: number;
  readonly format: FormatName;
  /** Messages in the order of the file, not all of a stretch of it. */
  readonly stretch: Stretch;
}

export class TextReader {
  readonly #window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  readonly #scanner = new WordScanner();
  readonly #words = new WordSet();

  /** The words of each message. @throws IO */
  words(request: TextsRequest): WordsBatch {
    const set = this.#words;
    set.clear();
    const ends = new Uint32Array(request.stretch.offsets.length);
    const attachments: IndexedAttachment[] = [];
    let [textBytes, cut] = [0, 0];
    const into = wordsInto(set, this.#scanner);
    const counted: typeof into = {
      ...into,
      bytes: (text) => {
        const isAscii = into.bytes(text);
        if (isAscii) textBytes += text.length;
        return isAscii;
      },
      text: (text) => {
        textBytes += Buffer.byteLength(text);
        into.text(text);
      },
    };
    this.#each(request, (message, at) => {
      const attach = (name: string, type: string): void => {
        attachments.push({ message: at, name: foldedLine(name), type });
      };
      const read = readSearchable(message.bytes, {
        ...counted,
        attachment: attach,
      });
      const kept = set.end();
      if (read === 'cut' || kept === 'cut' || message.how === 'cut') cut += 1;
      ends[at] = set.length;
    });
    return {
      words: new Uint8Array(set.bytes),
      ends,
      attachments,
      textBytes,
      cut,
    };
  }

  /** For each message a byte for each term: 1 if it is true of it. @throws IO */
  holding(request: TextsRequest, terms: readonly TextTerm[]): Uint8Array<ArrayBuffer> {
    const matching = new TermsInText(terms);
    const found = new Uint8Array(request.stretch.offsets.length * terms.length);
    this.#each(request, ({ bytes }, at) => {
      for (const [term, fits] of matching.read(bytes).entries()) {
        found[at * terms.length + term] = fits ? 1 : 0;
      }
    });
    return found;
  }

  /** Reads messages that lie close together in one go. */
  #each(request: TextsRequest, act: (message: Message, at: number) => void): void {
    const { descriptor, format, stretch } = request;
    const { offsets } = stretch;
    for (let first = 0; first < offsets.length; ) {
      const behind = windowEnd(stretch, first);
      const base = offsets[first] ?? 0;
      const wanted = (offsets[behind - 1] ?? 0) + lengthOf(stretch, behind - 1) - base;
      const window = wanted <= WINDOW_BYTES ? this.#window : Buffer.allocUnsafeSlow(wanted);
      const filled = readShared(descriptor, window.subarray(0, wanted), base);
      for (let at = first; at < behind; at++) {
        const start = Math.min(filled, (offsets[at] ?? 0) - base);
        const stored = window.subarray(start, Math.min(filled, start + lengthOf(stretch, at)));
        const bytes = FORMATS[format].messageIn(stored, spanOf(stretch, at));
        const how = (stretch.lengths[at] ?? 0) > SEARCHABLE_BYTES_MAX ? 'cut' : 'whole';
        act({ bytes, how }, at);
      }
      first = behind;
    }
  }
}

interface Message {
  readonly bytes: Buffer;
  readonly how: 'whole' | 'cut';
}

const lengthOf = ({ lengths }: Stretch, at: number): number =>
  Math.min(lengths[at] ?? 0, SEARCHABLE_BYTES_MAX);

function spanOf({ offsets, lengths, headerLengths, separatorLengths }: Stretch, at: number) {
  return {
    offset: byteOffset(offsets[at] ?? 0),
    length: byteLength(lengths[at] ?? 0),
    headerLength: byteLength(headerLengths[at] ?? 0),
    separatorLength: byteLength(separatorLengths[at] ?? 0),
  };
}

/** Behind the last message that is read in one go with the first. */
function windowEnd(stretch: Stretch, first: number): number {
  const { offsets } = stretch;
  const base = offsets[first] ?? 0;
  let end = base + lengthOf(stretch, first);
  let behind = first + 1;
  for (; behind < offsets.length; behind++) {
    const offset = offsets[behind] ?? 0;
    const next = offset + lengthOf(stretch, behind);
    if (offset < end || offset - end > SKIP_BYTES_MAX || next - base > WINDOW_BYTES) break;
    end = next;
  }
  return behind;
}
