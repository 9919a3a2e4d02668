/** What the window says in words: other programs' changes, sizes, keys, quotes. */

import { describe, expect, it } from 'vitest';
import { diffInWords } from '../../../renderer/alert/words.ts';
import { keyOf, shownKey } from '../../../renderer/command/keys.ts';
import { formatBytes, formatSize } from '../../../renderer/design/format.ts';
import { together } from '../../../renderer/engine/news.ts';
import { NO_DIFF } from '../../../shared/diff.ts';
import { say } from '../../../shared/language/say.ts';

describe('another program changed the archive', () => {
  it.each([
    [{ how: 'appended', arrived: 3 } as const, 'Another program added 3 messages.'],
    [{ how: 'changed', gone: 1 } as const, 'Another program removed 1 message.'],
    [
      { how: 'changed', arrived: 2, gone: 1, altered: 1 } as const,
      'Another program added 2 messages, removed 1 message and changed 1 message.',
    ],
    [
      { how: 'replaced', gone: 1 } as const,
      'Another program put a new file in its place: it removed 1 message.',
    ],
    [
      { how: 'changed', gone: 2, marksLost: 1 } as const,
      'Another program removed 2 messages. 1 deletion mark went with messages that are gone or changed.',
    ],
  ])('%o', (diff, sentence) => {
    expect(diffInWords({ ...NO_DIFF, ...diff })).toBe(sentence);
  });

  it('several changes in a row are told as one, and a replaced file stays replaced', () => {
    const replaced = { ...NO_DIFF, how: 'replaced', gone: 1 } as const;
    const appended = { ...NO_DIFF, how: 'appended', arrived: 2 } as const;
    expect(together(replaced, appended)).toMatchObject({ how: 'replaced', arrived: 2, gone: 1 });
  });
});

it('sizes and counts', () => {
  expect(formatBytes(1)).toBe('1 byte');
  expect(formatBytes(812)).toBe('812 bytes');
  expect(formatSize(812)).toBe('812 B');
  expect(formatBytes(1_234_567)).toBe('1.2 MB');
  expect(say('count.messages', { messages: 1 })).toBe('1 message');
  expect(say('count.messages', { messages: 2345 })).toBe('2,345 messages');
});

it('keys', () => {
  const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  expect(keyOf({ ...plain, key: 'j' })).toBe('j');
  expect(keyOf({ ...plain, key: 'o', ctrlKey: true })).toBe('Ctrl+O');
  expect(keyOf({ ...plain, key: 'z', metaKey: true })).toBe('Ctrl+Z');
  expect(keyOf({ ...plain, key: 'ArrowDown', shiftKey: true })).toBe('Shift+ArrowDown');
  expect(shownKey('Ctrl+O', 'linux')).toBe('Ctrl+O');
  expect(shownKey('Ctrl+O', 'darwin')).toBe('⌘O');
});
