/**
 * Where Mailkeep does not do as Python's mailbox module does, and which promise (README of
 * electron/mailbox) or rule of the design forbids it. Every other test of the suite passes.
 */

import type { Rule } from '../../../shared/dialect-report.ts';

export interface Difference {
  /** The name of CPython's test. */
  readonly test: string;
  /** I1 to I11, or the rule of the design. */
  readonly forbiddenBy: string;
  /** Part of what the test says when it does not pass. */
  readonly says: string;
}

export interface Run {
  /** A class of test.test_mailbox. */
  readonly suite: 'TestMbox' | 'TestMMDF' | 'TestBabyl';
  readonly rule: Rule;
  /** So many tests the suite has at least. */
  readonly testsMin: number;
  readonly differences: readonly Difference[];
}

const EVIDENCE =
  'A separator is judged by evidence: a From line without a date would not be found again, so it is' +
  ' kept as a line of the message, quoted.';

const OPTIONS =
  'A format is told from the content, never from the name of the file: a new Babyl mailbox holds its' +
  ' options, or it would be an mbox when it is opened again.';

/** Python's tests write "From foo@bar blah", which has no date. */
const undated = (test: string, says: string): Difference => ({
  test,
  forbiddenBy: EVIDENCE,
  says,
});

/** Python leaves a new Babyl mailbox without a byte in it. */
const optioned = (test: string): Difference => ({
  test,
  forbiddenBy: OPTIONS,
  says: '+ []',
});

export const RUNS: readonly Run[] = [
  { suite: 'TestMbox', rule: 'any-from', testsMin: 54, differences: [] },
  {
    suite: 'TestMbox',
    rule: 'default',
    testsMin: 54,
    differences: [
      undated('test_add_from_bytes', '+ foo@bar blah'),
      undated('test_add_from_string', '+ foo@bar blah'),
      undated('test_get_bytes_from', '>From foo@bar blah'),
      undated('test_get_string_from', '>From foo@bar blah'),
    ],
  },
  { suite: 'TestMMDF', rule: 'default', testsMin: 51, differences: [] },
  {
    suite: 'TestBabyl',
    rule: 'default',
    testsMin: 43,
    differences: [
      optioned('test_add_nonascii_StringIO_raises'),
      optioned('test_add_nonascii_string_header_raises'),
      optioned('test_add_that_raises_leaves_mailbox_empty'),
    ],
  },
];
