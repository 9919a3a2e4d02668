/** What is known of the archive itself, in words (I11). */

import { Fragment } from 'react';
import type { Status } from '../../shared/status.ts';
import { formatBytes, formatNumber } from '../design/format.ts';
import { commandNamed, perform } from '../command/registry.ts';
import { contextOf } from '../command/command.ts';
import { useAppStore } from '../app/use-store.ts';
import { lockInWords, stateInWords } from './words.ts';
import { say } from '../../shared/language/say.ts';
import { engineText } from '../language/engine-text.ts';

interface FactProps {
  readonly name: string;
  readonly value: string;
  /** Of a value that is a name. */
  readonly translate?: 'no';
}

function Fact({ name, value, translate }: FactProps) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd dir="auto" title={value} translate={translate}>
        {value}
      </dd>
    </div>
  );
}

/** The place of the archive: broken where its folders are, if it must be. */
function WhereFact({ path }: { readonly path: string }) {
  const steps = path.split(/(?<=[/\\])/);
  return (
    <div className="fact fact-where">
      <dt>{say('facts.where')}</dt>
      <dd dir="auto" title={path} translate="no">
        {steps.map((step, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by how deep it is
          <Fragment key={depth}>
            {step}
            <wbr />
          </Fragment>
        ))}
      </dd>
    </div>
  );
}

/** A fact about how the archive is read; leads to all there is to say of it. */
function ReadingFact({ name, value, translate }: FactProps) {
  const app = useAppStore();
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd translate={translate}>
        <button
          type="button"
          className="link"
          title={say('reading.title')}
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
    <section className="side-part" aria-label={say('facts.region')}>
      <h2 className="side-title">{say('facts.title')}</h2>
      <dl className="facts">
        <WhereFact path={status.path} />
        <Fact name={say('facts.messages')} value={formatNumber(status.messages)} />
        <Fact name={say('facts.size')} value={formatBytes(status.bytes)} />
        <Fact name={say('facts.state')} value={stateInWords(status)} />
        <ReadingFact name={say('facts.format')} value={status.format} translate="no" />
        <ReadingFact name={say('facts.rule')} value={say(`rule.${status.rule}`)} />
        <Fact name={say('facts.lineEnds')} value={say(`lineEnd.${status.lineEnd}`)} />
        {status.preambleBytes > 0 && (
          <Fact
            name={say('facts.preamble')}
            value={say('facts.preambleKept', { size: formatBytes(status.preambleBytes) })}
          />
        )}
        {status.doubtful > 0 && (
          <ReadingFact
            name={say('facts.doubtful')}
            value={say('facts.doubtfulLines', { lines: status.doubtful })}
          />
        )}
        <Fact
          name={say('facts.changes')}
          value={engineText(status.readOnly) || say('facts.allowed')}
        />
        {status.locks.map((lock) => (
          <Fact
            key={lock.name}
            name={say('facts.lock', { name: lock.name })}
            value={lockInWords(lock)}
          />
        ))}
      </dl>
    </section>
  );
}
