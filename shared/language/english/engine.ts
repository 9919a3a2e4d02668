/**
 * What engines say, in the words in which they say it: the wire is English. A window that speaks another
 * language finds a message by these words (renderer/language/engine-text.ts). And errors by their code.
 */

export const engine = {
  'engine.readOnly.asked': 'It was opened for reading only.',
  'engine.readOnly.disk': 'The disk it lies on is read-only.',
  'engine.readOnly.rights': 'You are not allowed to change this file.',
  'engine.readOnly.packed':
    'It is compressed ({packing}), and can only be read. To delete or compact, expand it with another program and open what comes of it.',
  'engine.readOnly.eml':
    'It is a single message, not an archive of many, and can only be read. Its file is yours to keep or to delete as a whole.',
  'engine.readOnly.unfinished':
    'A change of this archive was interrupted, and you are not allowed to change its journal. Every message is still there; make the folder writable and open the archive again.',
  'engine.lock.reading': 'the archive is open for reading only',
  'engine.lock.folder': 'the folder cannot be written to',
  'engine.lock.disk': 'the file system is read-only',
  'engine.lock.full': 'the disk is full',
  'engine.lock.gone': 'the folder is gone',
  'engine.lock.long': 'its name would be too long',
  'engine.lock.windows': 'Windows has no such lock',
  'engine.lock.service': 'the lock service of the file system does not answer',
  'engine.lock.module': 'the lock module is not built for this runtime',
  'engine.lock.held': 'held by {holder}',
  'engine.holder.unseen': 'a program that cannot be seen from here',
  'engine.holder.unnamed': 'an unnamed program, by the lock file {path}',
  'engine.holder.remote': 'process {pid} on {host}, by the lock file {path}',
  'engine.holder.named': '{program} (process {pid})',
  'engine.holder.process': 'process {pid}',
  'engine.packed.truncated':
    'This compressed file ends too early: it was not copied or downloaded to its end. What could be read is shown; get the file once more for the rest.',
  'engine.packed.corrupt':
    'This compressed file is damaged. What could be read is shown, its last message perhaps cut short.',
  'engine.packed.limited':
    'This compressed file expands to far more than is usual for mail, so Mailkeep stopped. What could be read up to then is shown.',
  'engine.packed.full':
    'There is not enough room in the cache folder to expand all of this file. What could be read up to then is shown; free some space and open it again.',
  'engine.packed.failed':
    'This compressed file could not be read to its end. What could be read up to then is shown; check the disk and open it again.',
  'engine.index.full':
    'The disk is full, so texts could not be indexed. The archive is as it was; free some space and try again.',
  'engine.index.busy': 'Another program is using the index of texts. Try again in a moment.',
  'engine.index.damaged':
    'The index of texts was damaged and has been removed. It can be built again.',
  'engine.index.other':
    'Texts could not be indexed. The archive is as it was; search finds senders, recipients and subjects.',
  'engine.hint.long': 'Only the first {characters} characters of a query are looked at.',
  'engine.hint.terms': 'Only the first {words} words are looked for.',
  'engine.hint.unclosed': 'This parenthesis is never closed.',
  'engine.hint.nothingInside': 'There is nothing in these parentheses.',
  'engine.hint.unopened': 'This parenthesis was never opened.',
  'engine.hint.minus': 'A minus leaves out what stands right behind it.',
  'engine.hint.quote': 'The quotation mark at the end is missing.',
  'engine.hint.operator': 'There is no {operator}: this is looked for as it stands.',
  'engine.hint.deep': 'These are too many parentheses in each other.',
  'engine.hint.or': '“OR” stands between two things, either of which is enough.',
  'engine.hint.orBehind': 'Something should stand behind this “OR”, too.',
  'engine.hint.nothingBehind': 'There is nothing behind it that could be left out.',
  'engine.hint.date': '{text} is no date: write a year, month or day, or how long ago.',
  'engine.hint.size': '{text} is no size: write a number with k, M or G.',
  'engine.hint.empty': 'There is nothing between these quotes.',
  'engine.hint.needs': '“{operator}:” needs something right behind it.',
  'engine.hint.has':
    '{text} is not known: it may be {words}, or a kind of attachment such as pdf or image.',
  'engine.hint.is': '{text} is not known: it may be {words}.',
  'engine.hint.id': '{text} is no Message-ID.',
  'engine.error.heldBy':
    'This archive is locked by {holder}. Nothing was changed; try again when it is done.',
  'engine.error.noLock':
    'This archive cannot be locked where it lies ({why}). Nothing was changed; copy it to a local disk to change it.',
  'engine.error.keepsWriting':
    'Another program keeps writing to this archive without taking its lock. Nothing was changed; try again when it is done.',
  'engine.error.folder':
    'This is a folder, not a mail archive. It was not changed; choose the archive file inside it.',
  'engine.error.appleFolder':
    'This is a mailbox of Apple Mail that keeps every message in a file of its own (.emlx), which cannot be opened. It was not changed; in Apple Mail choose Mailbox, Export Mailbox, and open what that makes.',
  'engine.kind.other':
    'This is {kind}, not a mail archive. It was not changed; choose a mail archive (mbox, MMDF or Babyl).',
  'engine.kind.packed': 'This is {kind}. It was not changed; unpack it and open what is inside.',
  'engine.kind.compressed':
    'This file is compressed ({program}). It was not changed; unpack it and open what is inside.',
  'engine.kind.zip': 'a ZIP file',
  'engine.kind.sevenZip': 'a 7-Zip file',
  'engine.kind.tar': 'a tar file',
  'engine.kind.tnef': 'an attachment of Outlook (winmail.dat)',
  'engine.kind.office': 'a message or document of Microsoft Office',
  'engine.kind.emlx': 'a single message of Apple Mail',
  'engine.kind.database': 'a database',
  'engine.kind.pdf': 'a PDF document',
  'engine.kind.picture': 'a picture',
  'engine.kind.outlook':
    'This is an Outlook data file (PST), not an mbox. It was not changed; export the mail from Outlook first.',
  'engine.kind.mbx':
    'This is an archive in the mbx format of UW IMAP, which cannot be opened. It was not changed; convert it to mbox first.',
  'engine.kind.binary':
    'This file holds no text and no mail. It was not changed; choose a mail archive (mbox, MMDF or Babyl).',
  'engine.zip.damaged':
    'This ZIP file is damaged or was not downloaded to its end: its list of files cannot be read. It was not changed; get it once more.',
  'engine.zip.entryEncrypted':
    'This file is encrypted inside its ZIP file. Nothing was changed; expand it with a program that asks for the password, and open what comes of it.',
  'engine.zip.entryUnknown':
    'This file is compressed in a way that Mailkeep does not know. Nothing was changed; expand it with the program that made it, and open what comes of it.',
  'engine.zip.encrypted':
    'This ZIP file is encrypted. It was not changed; expand it with a program that asks for the password, and open what comes of it.',
  'engine.zip.unknown':
    'What is in this ZIP file is compressed in a way that Mailkeep does not know. It was not changed; expand it with the program that made it, and open what comes of it.',
  'engine.zip.none':
    'This ZIP file holds no mail archive (mbox, MMDF or Babyl). It was not changed.',
  'engine.kept.none': 'No removed messages are kept for this archive. Nothing was changed.',
  'engine.export.changed':
    'Another program changed the archive while this message was read; it was left out.',

  'engine.file.noSpace':
    'The disk is full. Nothing was saved there; free some space and try again.',
  'engine.file.noPermission': 'You are not allowed to write in this folder. Nothing was saved.',
  'engine.file.readOnly': 'This disk can only be read. Nothing was saved; choose another folder.',
  'engine.file.notFound': 'This folder is not there. Nothing was saved; choose another one.',
  'engine.file.io': 'The disk reported an error. Nothing was saved.',
  'engine.file.notPrinted': 'It could not be printed ({reason}). Save it as PDF instead.',
  'engine.file.tooMany':
    '{messages} messages are too many to print at once. Select {most} at most, or export them.',

  'doubt.blank': 'there is no empty line before it',
  'doubt.date': 'there is no date in it',
  'doubt.header': 'there is no header field after it',
  'doubt.blank-date': 'there is no empty line before it and no date in it',
  'doubt.blank-header': 'there is no empty line before it and no header field after it',
  'doubt.date-header': 'there is no date in it and no header field after it',
  'doubt.blank-date-header':
    'there is no empty line before it, no date in it and no header field after it',
  'doubt.oneWord': 'it stands alone with one word',
  'doubt.measured': 'it lies inside the body that Content-Length measures',
  'doubt.patch': 'it begins a patch of git inside a message',
  'doubt.enclosed': 'it lies inside an attachment of the message before it',
  'doubt.noPostmark': 'no postmark closes the message before it',
  'doubt.otherPostmark': 'another postmark stands behind it',
  'doubt.neither': 'it neither opens nor closes a message',
  'doubt.behind': 'text behind it belongs to no message',
  'doubt.blankLines': 'blank lines stand between it and its ^L',
  'doubt.endsNone': 'it stands at the start of a line but ends no message',
  'verdict.separator': 'Starts a message, although {reason}.',
  'verdict.content': 'Is text of a message: {reason}.',
  'verdict.end': 'Ends a message: {reason}.',
  'verdict.said.separator': 'You split the message here.',
  'verdict.said.content': 'You joined it to the message before it.',
} as const;
