/** What a compaction is said to take away, and that it is the whole: before the last envelope nobody is asked. */

import { describe, expect, it } from 'vitest';
import { goingOf } from '../../../renderer/compact/going-of.ts';
import { stateInWords } from '../../../renderer/sidebar/words.ts';
import type { Status } from '../../../shared/status.ts';

const NONE = { messages: 0, bytes: 0 };
const ALL = { envelopes: 9, messages: 9 };
const marked = { messages: 2, bytes: 20 };
const flagged = { messages: 3, bytes: 300 };

describe('what goes', () => {
  it('what is marked; what is flagged only if it is chosen, or there is nothing else', () => {
    expect(goingOf({ marked, flagged, ...ALL }, null)).toMatchObject(marked);
    expect(goingOf({ marked, flagged, ...ALL }, true)).toMatchObject({ messages: 5, bytes: 320 });
    expect(goingOf({ marked: NONE, flagged, ...ALL }, null)).toMatchObject(flagged);
    expect(goingOf({ marked: NONE, flagged, ...ALL }, false)).toMatchObject(NONE);
  });

  it('what is flagged is known with the last envelope, what is marked at once', () => {
    const read = { envelopes: 8, messages: 9 };
    expect(goingOf({ marked: NONE, flagged, ...read }, null).isKnown).toBe(false);
    expect(goingOf({ marked, flagged, ...read }, null).isKnown).toBe(true);
    expect(goingOf({ marked, flagged, ...read }, true).isKnown).toBe(false);
    expect(goingOf({ marked, flagged, ...ALL }, true).isKnown).toBe(true);
  });
});

it('an archive is called complete when lists of all kinds are', () => {
  const status = { state: 'ready', packed: null, messages: 9 };
  expect(stateInWords({ ...status, envelopes: 8 } as Status)).toMatch(/^Still reading/);
  expect(stateInWords({ ...status, envelopes: 9 } as Status)).toBe('Complete');
});
