/** The window around archives: sidebar, library, welcome, settings. */

export const window = {
  'sidebar.pane': 'Archive',
  'sidebar.open': 'Open archives',
  'sidebar.archives': 'Archives',
  'sidebar.opening': 'Opening',
  'sidebar.notOpen': 'Not open',
  'sidebar.close': 'Close {name}',
  'sidebar.duplicates': 'Duplicates',
  'sidebar.reclaimable': '{size} can be freed by compacting.',
  'sidebar.kept': 'Removed and kept',
  'sidebar.keptAmount':
    '{messages, plural, one {# removed message} other {# removed messages}} kept ({size}).',
  'sidebar.putBack': 'Put back',
  'sidebar.forget': 'Forget…',

  'library.title': 'Library',
  'library.searchAll': 'Search all archives',
  'library.searchAllKey': 'Search all archives (Ctrl+Shift+F)',
  'library.more': 'Find the archives in one more folder',
  'library.lookAgain': 'Look again in {name}',
  'library.remove': 'Remove {name} from the library',
  'library.removeSafely': 'Remove {name} from the library. No file is touched.',
  'library.looking':
    'Looking through {name}… {files, plural, one {# file} other {# files}}, {archives, plural, one {# archive} other {# archives}}',
  'library.omitted': '{places, plural, one {# place} other {# places}} in {name} not looked into',
  'library.why.unreadable': 'may not be read, or cannot be',
  'library.why.other disk': 'is on another disk: open it as a folder of its own',
  'library.why.too deep': 'lies too deep',
  'library.why.too many': 'holds more than is looked at',
  'library.none':
    'No mail archive (mbox, MMDF or Babyl) was found in this folder. Mail that is kept in a file for each message is none.',
  'library.choose': 'Choose one in the sidebar to see what is in it.',
  'library.lookingIn': 'Looking for archives in {names}',
  'library.amount': '{archives, plural, one {# archive} other {# archives}} in your library',
  'library.soFar':
    '{archives, plural, one {# archive} other {# archives}} found so far. You can open them meanwhile.',
  'library.openFile': 'Open a file',
  'library.gone': 'no longer there',
  'library.goneAt': 'No longer there: {path}',
  'library.file': '{format}, {size}',
  'library.fileOf': '{format}, {size}, {messages, plural, one {# message} other {# messages}}',

  'welcome.title': 'Open an old mail archive',
  'welcome.about':
    'Mailkeep shows old mail that programs such as Thunderbird, Apple Mail or Gmail keep in one file (mbox, MMDF or Babyl). Read it, search it, delete what you do not need and make the file smaller; no message is ever lost.',
  'welcome.sample': 'Open the sample archive',
  'welcome.drop': 'or drop a file or a folder anywhere in this window',
  'welcome.recentRegion': 'Recent archives',
  'welcome.recent': 'Recent',
  'screen.opening': 'Opening {name}…',
  'screen.failed': '{name} is not open',
  'screen.noMessages': 'No messages',
  'screen.empty': 'This file is empty.',
  'screen.onlyText':
    'No message was found in this file. It holds {size} of text, which stays as it is.',
  'entries.title': 'Archives in {name}',
  'entries.about':
    'This ZIP file holds {archives, plural, one {# mail archive} other {# mail archives}}. What is opened can be read; the ZIP file stays as it is.',
  'where.title': 'Where is my mail?',
  'where.source.thunderbird': 'Thunderbird',
  'where.thunderbird':
    'keeps each folder in a file without an ending (Inbox, Sent) in its profile: Help, Troubleshooting Information, Profile Folder, then Mail or ImapMail. Close Thunderbird first, or compact its folders there.',
  'where.source.apple': 'Apple Mail',
  'where.apple':
    'gives a mailbox out by Mailbox, Export Mailbox. Open the folder that this makes; its name ends in .mbox.',
  'where.source.takeout': 'Gmail',
  'where.takeout':
    'comes from takeout.google.com: choose Mail alone. The ZIP file opens as it is, to be read; unpack it to delete in it.',
  'where.source.system': 'This computer',
  'where.system': 'has mail of its own in /var/mail, which programs of the system deliver.',

  'settings.title': 'Settings',
  'settings.looks': 'Looks',
  'settings.theme.system': 'As the system has it',
  'settings.theme.light': 'Light',
  'settings.theme.dark': 'Dark',
  'settings.list': 'List of messages',
  'settings.density.comfortable': 'Comfortable rows',
  'settings.density.compact': 'Compact rows',
  'settings.columnUsual': 'As usual',
  'settings.columnPixels': '{pixels, plural, one {# pixel} other {# pixels}}',
  'settings.columnsHint':
    'You can also drag the lines between the headings of the list. A double click on one gives the usual width back.',
  'settings.language': 'Language',
  'settings.language.system': 'As the system has it',
  'settings.pictures': 'Remote pictures',
  'settings.picturesWhy':
    'Pictures that a message would fetch from the network stay out until you ask for them, because they tell the sender that, when and where you read it.',
  'settings.pictureSenders':
    '{senders, plural, =0 {No sender’s pictures are always shown.} one {Always shown for # sender.} other {Always shown for # senders.}}',
  'settings.askAgain': 'Ask again for all',
  'settings.startAndEnd': 'Starting and ending',
  'settings.restore': 'Go on where I stopped',
  'settings.restoreHint':
    'Opens the archives that were open, at the message and in the order in which you left them.',
  'settings.notices': 'Tell me when long work is done',
  'settings.noticesHint': 'With a notice of the system, while another program is in front.',
  'settings.searching': 'Searching',
  'settings.index': 'Index archives that I open',
  'settings.indexHint':
    'Makes words in texts quick to find. It is off unless you want it, because an index holds the words of your mail a second time: on this computer, in your cache folder, until you remove it. Without it, one archive is indexed when you say so, and texts can always be searched by reading them.',
  'settings.deleting': 'Deleting',
  'settings.copy': 'Keep a copy of what a compaction removes',
  'settings.copyHint':
    'It can then be undone. You are asked each time; this is what is chosen at first.',
  'settings.explained': 'Steps that remove something are explained where you take them.',
  'settings.explainAgain': 'Explain again',
} as const;
