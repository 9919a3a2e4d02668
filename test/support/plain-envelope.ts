/** Envelopes of which only some of what they say matters. */

import type { Envelope } from '../../electron/message/envelope.ts';

const PLAIN: Envelope = {
  from: '',
  to: '',
  cc: '',
  list: '',
  labels: '',
  subject: '',
  date: null,
  flags: 1,
  multipart: false,
  links: new Uint32Array(0),
};

export const plainEnvelope = (said: Partial<Envelope>): Envelope => ({ ...PLAIN, ...said });
