/** The message exactly as stored, in strokes; what cannot be seen, or turns text around, is named. */

import { useCallback, useEffect, useRef, useState } from 'react';
import { type ErrorValue, toErrorValue } from '../../shared/errors.ts';
import { useReader } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { searchedElement } from './find/highlight.ts';
import { visibleSource } from './visible-source.ts';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';

const STROKE_BYTES = 256 * 1024;

interface Source {
  readonly pieces: readonly string[];
  readonly bytes: number;
  readonly end: boolean;
}

const NOTHING: Source = { pieces: [], bytes: 0, end: false };

interface Props {
  readonly store: ArchiveStore;
  readonly messageKey: string;
  readonly bytes: number;
  readonly onShown: () => void;
}

export function SourceView({ store, messageKey, bytes, onShown }: Props) {
  const [reader] = useReader();
  const [source, setSource] = useState(NOTHING);
  const [problem, setProblem] = useState<ErrorValue | null>(null);
  const element = useRef<HTMLDivElement>(null);

  const more = useCallback(
    async (before: Source): Promise<void> => {
      try {
        const chunk = await store.reader.source(messageKey, before.bytes, STROKE_BYTES);
        setSource({
          pieces: [...before.pieces, visibleSource(chunk.bytes)],
          bytes: before.bytes + chunk.bytes.length,
          end: chunk.end,
        });
      } catch (error) {
        setProblem(toErrorValue(error));
      }
      onShown();
    },
    [store, messageKey, onShown],
  );
  useEffect(() => void more(NOTHING), [more]);
  useEffect(() => {
    if (source.bytes === 0 || !element.current) return undefined;
    return reader.finding.join(searchedElement(element.current, 0));
  }, [reader, source]);

  return (
    <div className="source-view" ref={element}>
      {source.pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only added
        <pre key={index} translate="no">
          {piece}
        </pre>
      ))}
      {problem && (
        <p className="quiet">
          <ErrorText error={problem} />
        </p>
      )}
      {source.bytes > 0 && !source.end && (
        <button type="button" className="button" onClick={() => void more(source)}>
          {say('reader.nextSource', {
            size: formatBytes(Math.min(STROKE_BYTES, bytes - source.bytes)),
            all: formatBytes(bytes),
          })}
        </button>
      )}
    </div>
  );
}
