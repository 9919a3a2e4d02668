/**
 * The one error class and the one table of its codes.
 *
 * A code says what happened, its kind says what a caller can do about it, and its sentence tells a
 * person what happened, what is safe, and what to do next. A code without a row does not compile.
 * Codes cross process borders; stacks do not.
 */

/**
 * - refused: nothing was written; try again later or otherwise
 * - conflict: the file is not what it was; look, then decide
 * - unreadable: this file cannot be shown
 * - resource: the machine lacks something
 * - journal: an unfinished compaction that is not ours to finish; nothing was touched
 * - stopped: a person stopped it
 * - misuse: the caller asked for something that makes no sense
 * - bug: our own fault
 */
export type ErrorKind =
  | 'refused'
  | 'conflict'
  | 'unreadable'
  | 'resource'
  | 'journal'
  | 'stopped'
  | 'misuse'
  | 'bug';

interface CodeFacts {
  readonly kind: ErrorKind;
  /** Exit status of the terminal program: 1 refused or conflict, 2 usage. */
  readonly exit: 1 | 2;
  readonly sentence: string;
}

export const CODES = {
  LOCKED: {
    kind: 'refused',
    exit: 1,
    sentence:
      'Another program holds the lock on this archive. Nothing was changed; try again when it is done.',
  },
  LOCK_LOST: {
    kind: 'refused',
    exit: 1,
    sentence:
      'Our lock on this archive was taken away while we worked. Nothing more was written; look at the archive again before you go on.',
  },
  READ_ONLY: {
    kind: 'refused',
    exit: 1,
    sentence:
      'This archive can only be read. Nothing was changed; make the file writable to delete or compact.',
  },
  BUSY: {
    kind: 'refused',
    exit: 1,
    sentence: 'This archive is busy with other work. Nothing was changed; try again in a moment.',
  },
  UNSURE: {
    kind: 'refused',
    exit: 1,
    sentence:
      'A write to this archive failed half way and has to be repaired first. The journal beside the file knows every byte; close the archive and open it again.',
  },
  CHANGED: {
    kind: 'conflict',
    exit: 1,
    sentence:
      'Another program changed a message since you looked at it or marked it. That message was left as it is; look at it again before you delete it.',
  },
  NEEDED: {
    kind: 'conflict',
    exit: 1,
    sentence:
      'This message stands between two that could not be told apart without it. It was left as it is; join or split the lines around it in "How this archive is read", then try again.',
  },
  REPLACED: {
    kind: 'conflict',
    exit: 1,
    sentence:
      'Another file now stands under this name. The new file was not touched; look at it before you go on.',
  },
  GONE: {
    kind: 'conflict',
    exit: 1,
    sentence: 'This message is no longer in the archive. Nothing was changed.',
  },
  NOT_FOUND: {
    kind: 'unreadable',
    exit: 1,
    sentence: 'There is no file at this place. Check the name, or whether the disk is connected.',
  },
  NO_PERMISSION: {
    kind: 'unreadable',
    exit: 1,
    sentence: 'You are not allowed to read this file. Ask its owner, or change its permissions.',
  },
  NOT_A_FILE: {
    kind: 'unreadable',
    exit: 1,
    sentence: 'This is a folder or a device, not a mail archive. Choose the archive file itself.',
  },
  NOT_A_MAILBOX: {
    kind: 'unreadable',
    exit: 1,
    sentence:
      'This file does not look like a mail archive. It was not changed; choose a mail archive (mbox, MMDF or Babyl).',
  },
  INCOMPLETE: {
    kind: 'unreadable',
    exit: 1,
    sentence:
      'This compressed archive could not be expanded to its end. What could be read is shown; get the file once more for the rest.',
  },
  TOO_NEW: {
    kind: 'unreadable',
    exit: 1,
    sentence:
      'A newer Mailkeep left something here that this version does not understand. Nothing was touched; use the newer version.',
  },
  NO_SPACE: {
    kind: 'resource',
    exit: 1,
    sentence: 'The disk is full. Every message is still there; free some space and try again.',
  },
  IO: {
    kind: 'resource',
    exit: 1,
    sentence:
      'The disk reported an error. What could be read is shown; check the disk before you change anything.',
  },
  ENGINE_ENDED: {
    kind: 'resource',
    exit: 1,
    sentence:
      'The part of Mailkeep that reads this archive stopped. The file is safe; open it again to go on.',
  },
  JOURNAL_FOREIGN: {
    kind: 'journal',
    exit: 1,
    sentence:
      'An unfinished compaction lies beside this archive, but the archive is not what it left. Nothing was touched; details say what lies where.',
  },
  CANCELLED: {
    kind: 'stopped',
    exit: 1,
    sentence: 'You stopped this. Every message is still there.',
  },
  STALE: {
    kind: 'refused',
    exit: 1,
    sentence: 'The list has moved on since you looked at it. Nothing was changed; look again.',
  },
  MISUSE: {
    kind: 'misuse',
    exit: 2,
    sentence: 'This request makes no sense to Mailkeep. Nothing was changed.',
  },
  BUG: {
    kind: 'bug',
    exit: 1,
    sentence:
      'Mailkeep made a mistake and stopped before doing harm. Nothing more was written; please report it.',
  },
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof CODES;

/** Plain values that explain an error; they cross process borders. */
export type ErrorDetails = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/** An error as it crosses a border: a value. */
export interface ErrorValue {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly sentence: string;
  readonly details: ErrorDetails;
}

/** The only error that Mailkeep throws on purpose. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  /**
   * @param code what happened
   * @param details facts a person or a test may need, such as the path
   * @param options the cause, and a sentence more exact than the code's own
   */
  constructor(
    code: ErrorCode,
    details: ErrorDetails = {},
    options: { readonly cause?: unknown; readonly sentence?: string } = {},
  ) {
    super(options.sentence ?? CODES[code].sentence, { cause: options.cause });
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return CODES[this.code].kind;
  }
}

/** The value of any thrown thing; what is not ours becomes BUG, with its message as a detail. */
export function toErrorValue(thrown: unknown): ErrorValue {
  if (thrown instanceof MailboxError) {
    const { code, kind, message: sentence, details } = thrown;
    return { code, kind, sentence, details };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'BUG', kind: 'bug', sentence: CODES.BUG.sentence, details: { message } };
}

/** The error of a value that came over a border. */
export function fromErrorValue(value: ErrorValue): MailboxError {
  return new MailboxError(value.code, value.details, { sentence: value.sentence });
}

/**
 * Checks what must hold if our own code is right; never for input.
 * @throws MailboxError BUG
 */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new MailboxError('BUG', { invariant: what });
}
