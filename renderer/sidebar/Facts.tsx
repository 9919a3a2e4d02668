/** What is known of the archive itself, in words (I11). */

import type { Status } from '../../shared/status.ts';
import { formatBytes, formatCount, formatNumber } from '../design/format.ts';
import { commandNamed, perform } from '../command/registry.ts';
import { contextOf } from '../command/command.ts';
import { useAppStore } from '../app/use-store.ts';
import { RULES } from '../reading/words.ts';
import { lineEndInWords, lockInWords, stateInWords } from './words.ts';

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}

/** A fact about how the archive is read; leads to all there is to say of it. */
function ReadingFact({ name, value }: { readonly name: string; readonly value: string }) {
  const app = useAppStore();
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        <button
          type="button"
          className="link"
          title="How this archive is read"
          onClick={() => perform(commandNamed('reading'), contextOf(app))}
        >
          {value}
        </button>
      </dd>
    </div>
  );
}

export function Facts({ status }: { readonly status: Status }) {
  return (
    <section className="side-part" aria-label="Facts">
      <h2 className="side-title">About this archive</h2>
      <dl className="facts">
        <Fact name="Where" value={status.path} />
        <Fact name="Messages" value={formatNumber(status.messages)} />
        <Fact name="Size" value={formatBytes(status.bytes)} />
        <Fact name="State" value={stateInWords(status)} />
        <ReadingFact name="Format" value={status.format} />
        <ReadingFact name="Read as" value={RULES[status.rule].name} />
        <Fact name="Line ends" value={lineEndInWords(status)} />
        {status.preambleBytes > 0 && (
          <Fact
            name="Before the first"
            value={`${formatBytes(status.preambleBytes)} of text, kept`}
          />
        )}
        {status.doubtful > 0 && (
          <ReadingFact
            name="Doubtful"
            value={formatCount(
              status.doubtful,
              'line that could be read otherwise',
              'lines that could be read otherwise',
            )}
          />
        )}
        <Fact name="Changes" value={status.readOnly || 'allowed'} />
        {status.locks.map((lock) => (
          <Fact key={lock.name} name={`Lock: ${lock.name}`} value={lockInWords(lock)} />
        ))}
      </dl>
    </section>
  );
}
