/** Messages drawn as ids and references, as the columns that an archive has of them. */

import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { Threading } from '../../electron/catalog/threading.ts';
import type { Threads } from '../../electron/catalog/threads.ts';
import { readEnvelope } from '../../electron/message/envelope.ts';
import { plainEnvelope } from './plain-envelope.ts';
import type { DrawnMessage, Threaded } from './naive-threads.ts';

export function envelopesOf(messages: readonly DrawnMessage[]): Envelopes {
  const envelopes = new Envelopes();
  for (const [number, { id, references, subject, date }] of messages.entries()) {
    const lines = [
      ...(id === null ? [] : [`Message-ID: <${id}>`]),
      ...(references.length > 0
        ? [`References: ${references.map((one) => `<${one}>`).join('\n ')}`]
        : []),
    ];
    const { links } = readEnvelope(Buffer.from(`${lines.join('\n')}\n\n`), 0, 0);
    envelopes.set(number, plainEnvelope({ subject, date, links }), 0);
  }
  return envelopes;
}

export const listed = ({ order, levels }: Threads): Threaded =>
  [...order].map((number, at) => [number, levels[at] ?? -1] as const);

export const threaded = (messages: readonly DrawnMessage[]): Threaded =>
  listed(Threading.of(envelopesOf(messages), messages.length));
