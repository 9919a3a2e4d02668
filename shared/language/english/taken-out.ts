/** What is taken out of an archive: exports, paper, attachments taken out of messages. */

export const takenOut = {
  'export.title': 'Export messages',
  'export.what': 'What',
  'export.as': 'As',
  'export.selection': 'Selection',
  'export.selectionOf': 'Selection: {messages, plural, one {# message} other {# messages}}',
  'export.everything':
    'Everything in the list: {messages, plural, one {# message} other {# messages}}',
  'export.names.files': 'Names of the files',
  'export.names.folders': 'Names of the folders',
  'export.folderEach': 'A folder for each message',
  'export.requote':
    'Turn <code>{quoted}</code> in texts back into <code>{plain}</code>, where this archive quotes so',
  'export.chooseFile': 'Choose File…',
  'export.chooseFolder': 'Choose Folder…',
  'export.form.eml': 'Files (.eml)',
  'export.about.eml': 'One file for each message, which nearly every mail program opens.',
  'export.form.mboxrd': 'Mail archive (mbox)',
  'export.about.mboxrd':
    'One file that other programs read as an archive; quoting can be taken back.',
  'export.form.mbox': 'Mail archive, byte for byte',
  'export.about.mbox': 'One mbox with every message exactly as it is stored here.',
  'export.form.maildir': 'Maildir',
  'export.about.maildir':
    'A folder for mail servers and programs such as Dovecot and mutt, with flags.',
  'export.form.mh': 'MH folder',
  'export.about.mh': 'Numbered files, with the sequences unseen, flagged and replied.',
  'export.form.csv': 'Table (CSV)',
  'export.about.csv': 'Sender, subject, date and flags, for spreadsheets. No text of messages.',
  'export.form.json': 'Table (JSON lines)',
  'export.about.json': 'The same for programs, one value a line.',
  'export.form.attachments': 'Attachments',
  'export.about.attachments': 'Only the files that are attached to the messages.',
  'export.done.file':
    'Exported {messages, plural, one {# message} other {# messages}} ({size}) to {name}.',
  'export.done.folder':
    'Exported {messages, plural, one {# message} other {# messages}} ({size}) to the folder {name}.',
  'export.done.attachments':
    'Exported {files, plural, one {# attachment} other {# attachments}} of {messages, plural, one {# message} other {# messages}} ({size}) to the folder {name}.',
  'export.missed':
    '{messages, plural, one {# message was} other {# messages were}} no longer in the archive, or changed meanwhile, and left out.',
  'paper.cut': 'The message goes on; only its beginning is printed.',
  'paper.title': 'Message',
  'paper.saved': 'Saved as {name}.',

  'strip.title': 'Take attachments out',
  'strip.outOf': 'Out of',
  'strip.which': 'Attachments',
  'strip.size.any': 'of any size',
  'strip.size.larger': 'larger than {size}',
  'strip.pictures': 'Also pictures that stand in the midst of a text',
  'strip.saveFirst': 'Save them to a folder first',
  'strip.looking': 'Looking for attachments…',
  'strip.none': 'There is no attachment that could be taken out.',
  'strip.found':
    '<strong>{attachments, plural, one {# attachment} other {# attachments}}</strong> of {messages, plural, one {# message} other {# messages}} will be taken out, which frees about <strong>{size}</strong>.',
  'strip.stays.whole':
    '{attachments, plural, one {# attachment that is signed or encrypted stays} other {# attachments that are signed or encrypted stay}}.',
  'strip.stays.within':
    '{attachments, plural, one {# attachment that is written into a text or packed into another one stays} other {# attachments that are written into texts or packed into others stay}}.',
  'strip.stays.other':
    '{attachments, plural, one {# attachment that cannot be replaced by a text stays} other {# attachments that cannot be replaced by a text stay}}.',
  'strip.how':
    'A text with name, type, size and SHA-256 stands for each. Nothing else in these messages changes, and they move to the end of the file. What is signed or encrypted is left alone.',
  'strip.howForGood':
    'A text with name, type, size and SHA-256 stands for each. Nothing else in these messages changes, and they move to the end of the file. What is signed or encrypted is left alone. This cannot be undone.',
  'strip.takeOut': 'Take Out',
  'strip.done':
    'Took {attachments, plural, one {# attachment} other {# attachments}} of {messages, plural, one {# message} other {# messages}} out. The archive is {size} shorter.',
  'strip.doneSaved':
    'Took {attachments, plural, one {# attachment} other {# attachments}} of {messages, plural, one {# message} other {# messages}} out, saved as {files, plural, one {# file} other {# files}}. The archive is {size} shorter.',
  'strip.conflicts':
    '{messages, plural, one {# message was} other {# messages were}} changed meanwhile, and left alone.',
} as const;
