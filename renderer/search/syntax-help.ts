/** Help for the syntax of queries, in the order in which people need it: examples, and what each says. */

import type { PlainId } from '../../shared/language/say.ts';

interface SyntaxLine {
  readonly example: string;
  readonly says: PlainId;
}

export const SYNTAX_HELP: readonly {
  readonly title: PlainId;
  readonly lines: readonly SyntaxLine[];
}[] = [
  {
    title: 'syntax.words',
    lines: [
      { example: 'harvest fair', says: 'syntax.all' },
      { example: '"harvest fair"', says: 'syntax.phrase' },
      { example: 'harvest OR fair', says: 'syntax.or' },
      { example: 'harvest -fair', says: 'syntax.not' },
      { example: 'anna (boat OR ferry)', says: 'syntax.group' },
    ],
  },
  {
    title: 'syntax.where',
    lines: [
      { example: 'from:anna', says: 'syntax.from' },
      { example: 'to:village', says: 'syntax.to' },
      { example: 'cc:anna', says: 'syntax.cc' },
      { example: 'subject:report', says: 'syntax.subject' },
      { example: 'body:report', says: 'syntax.body' },
      { example: 'file:plan', says: 'syntax.file' },
      { example: 'type:pdf', says: 'syntax.type' },
      { example: 'label:work', says: 'syntax.label' },
      { example: 'list:python', says: 'syntax.list' },
    ],
  },
  {
    title: 'syntax.when',
    lines: [
      { example: 'on:2003-05', says: 'syntax.on' },
      { example: 'after:2003', says: 'syntax.after' },
      { example: 'before:2003-05-17', says: 'syntax.before' },
      { example: 'after:30d', says: 'syntax.last' },
      { example: 'larger:5M', says: 'syntax.larger' },
      { example: 'smaller:10k', says: 'syntax.smaller' },
    ],
  },
  {
    title: 'syntax.what',
    lines: [
      { example: 'has:attachment', says: 'syntax.has' },
      { example: 'is:unread', says: 'syntax.is' },
      { example: 'id:abc@example.org', says: 'syntax.id' },
    ],
  },
];
