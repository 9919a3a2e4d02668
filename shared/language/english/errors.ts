/** The sentences of errors, by code: those of shared/errors.ts, which a test holds to be the same. */

export const errors = {
  'error.LOCKED':
    'Another program holds the lock on this archive. Nothing was changed; try again when it is done.',
  'error.LOCK_LOST':
    'Our lock on this archive was taken away while we worked. Nothing more was written; look at the archive again before you go on.',
  'error.READ_ONLY':
    'This archive can only be read. Nothing was changed; make the file writable to delete or compact.',
  'error.BUSY': 'This archive is busy with other work. Nothing was changed; try again in a moment.',
  'error.UNSURE':
    'A write to this archive failed half way and has to be repaired first. The journal beside the file knows every byte; close the archive and open it again.',
  'error.CHANGED':
    'Another program changed a message since you looked at it or marked it. That message was left as it is; look at it again before you delete it.',
  'error.NEEDED':
    'This message stands between two that could not be told apart without it. It was left as it is; join or split the lines around it in "How this archive is read", then try again.',
  'error.REPLACED':
    'Another file now stands under this name. The new file was not touched; look at it before you go on.',
  'error.GONE': 'This message is no longer in the archive. Nothing was changed.',
  'error.NOT_FOUND':
    'There is no file at this place. Check the name, or whether the disk is connected.',
  'error.NO_PERMISSION':
    'You are not allowed to read this file. Ask its owner, or change its permissions.',
  'error.NOT_A_FILE':
    'This is a folder or a device, not a mail archive. Choose the archive file itself.',
  'error.NOT_A_MAILBOX':
    'This file does not look like a mail archive. It was not changed; choose a mail archive (mbox, MMDF or Babyl).',
  'error.INCOMPLETE':
    'This compressed archive could not be expanded to its end. What could be read is shown; get the file once more for the rest.',
  'error.TOO_NEW':
    'A newer Mailkeep left something here that this version does not understand. Nothing was touched; use the newer version.',
  'error.NO_SPACE':
    'The disk is full. Every message is still there; free some space and try again.',
  'error.IO':
    'The disk reported an error. What could be read is shown; check the disk before you change anything.',
  'error.ENGINE_ENDED':
    'The part of Mailkeep that reads this archive stopped. The file is safe; open it again to go on.',
  'error.JOURNAL_FOREIGN':
    'An unfinished compaction lies beside this archive, but the archive is not what it left. Nothing was touched; details say what lies where.',
  'error.CANCELLED': 'You stopped this. Every message is still there.',
  'error.STALE': 'The list has moved on since you looked at it. Nothing was changed; look again.',
  'error.MISUSE': 'This request makes no sense to Mailkeep. Nothing was changed.',
  'error.BUG':
    'Mailkeep made a mistake and stopped before doing harm. Nothing more was written; please report it.',
} as const;
