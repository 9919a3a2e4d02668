/**
 * Where Mailkeep does not do as Python's mailbox module does, and which promise (README of
 * electron/mailbox) or sentence of the design forbids it. Every other test of the suite passes.
 */

export interface Difference {
  /** The name of CPython's test. */
  readonly test: string;
  /** I1 to I11, or the sentence of the design. */
  readonly forbiddenBy: string;
  readonly why: string;
}

export type Suite = 'TestMbox' | 'TestMMDF' | 'TestBabyl';

export const DIFFERENCES: Readonly<Record<Suite, readonly Difference[]>> = {
  TestMbox: [],
  TestMMDF: [],
  TestBabyl: [],
};
