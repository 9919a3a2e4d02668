/** An open archive: its list and panes, what became of it, compacting, how it is read, its facts. */

export const archive = {
  'alerts.expandAll': 'Expand all',
  'alerts.conflicts':
    '{messages, plural, one {# message was} other {# messages were}} not deleted.',
  'alerts.undoCompaction': 'Undo compaction',
  'alerts.compacted':
    'Removed {messages, plural, one {# message} other {# messages}} and freed {size}.',
  'alerts.compactedKept':
    'Removed {messages, plural, one {# message} other {# messages}} and freed {size}. A copy of them is kept.',
  'alerts.restoredNone': 'Every message that was kept is in the archive already.',
  'alerts.restored':
    'Put back {messages, plural, one {# message} other {# messages}} ({size}) at the end of the archive.',

  'news.vanished':
    'The file is no longer at its place: another program moved or deleted it. What was read is still shown; nothing will be written.',
  'news.untouched':
    '{how, select, replaced {Another program put a new file in its place: it touched the archive; every message is as it was.} other {Another program touched the archive; every message is as it was.}}',
  'news.arrived':
    '{how, select, replaced {Another program put a new file in its place: it added {arrived, plural, one {# message} other {# messages}}.} other {Another program added {arrived, plural, one {# message} other {# messages}}.}}',
  'news.gone':
    '{how, select, replaced {Another program put a new file in its place: it removed {gone, plural, one {# message} other {# messages}}.} other {Another program removed {gone, plural, one {# message} other {# messages}}.}}',
  'news.altered':
    '{how, select, replaced {Another program put a new file in its place: it changed {altered, plural, one {# message} other {# messages}}.} other {Another program changed {altered, plural, one {# message} other {# messages}}.}}',
  'news.arrived-gone':
    '{how, select, replaced {Another program put a new file in its place: it added {arrived, plural, one {# message} other {# messages}} and removed {gone, plural, one {# message} other {# messages}}.} other {Another program added {arrived, plural, one {# message} other {# messages}} and removed {gone, plural, one {# message} other {# messages}}.}}',
  'news.arrived-altered':
    '{how, select, replaced {Another program put a new file in its place: it added {arrived, plural, one {# message} other {# messages}} and changed {altered, plural, one {# message} other {# messages}}.} other {Another program added {arrived, plural, one {# message} other {# messages}} and changed {altered, plural, one {# message} other {# messages}}.}}',
  'news.gone-altered':
    '{how, select, replaced {Another program put a new file in its place: it removed {gone, plural, one {# message} other {# messages}} and changed {altered, plural, one {# message} other {# messages}}.} other {Another program removed {gone, plural, one {# message} other {# messages}} and changed {altered, plural, one {# message} other {# messages}}.}}',
  'news.arrived-gone-altered':
    '{how, select, replaced {Another program put a new file in its place: it added {arrived, plural, one {# message} other {# messages}}, removed {gone, plural, one {# message} other {# messages}} and changed {altered, plural, one {# message} other {# messages}}.} other {Another program added {arrived, plural, one {# message} other {# messages}}, removed {gone, plural, one {# message} other {# messages}} and changed {altered, plural, one {# message} other {# messages}}.}}',
  'news.marksLost':
    '{marks, plural, one {# deletion mark} other {# deletion marks}} went with messages that are gone or changed.',

  'marks.damaged':
    'What was marked the last time cannot be read any more, so nothing of it is marked. Nothing was deleted.',
  'marks.newer':
    'A newer Mailkeep has marked messages here. This one leaves those marks alone, and what you mark now holds until you close the archive.',
  'marks.unsaved':
    'What you mark cannot be remembered now: the disk is full, or your own folder cannot be written. Marks hold until you close the archive.',
  'marks.lost':
    '{marks, plural, one {# deletion mark} other {# deletion marks}} of last time did not come back: the messages are gone or changed. Nothing was deleted.',

  'compact.title': 'Compact archive',
  'compact.removes':
    '<strong>{messages, plural, one {# message} other {# messages}}</strong> will be removed from the file, which frees <strong>{size}</strong>. The archive will be {left} long.',
  'compact.removesForGood':
    '<strong>{messages, plural, one {# message} other {# messages}}</strong> will be removed from the file for good, which frees <strong>{size}</strong>. The archive will be {left} long.',
  'compact.safe':
    'Every other message stays exactly as it is. If this is interrupted, it is finished the next time you open the archive.',
  'compact.flagged':
    'Also remove {messages, plural, one {# message} other {# messages}} ({size}) that another program flagged as deleted',
  'compact.keep': 'Keep a copy of the removed messages',
  'compact.button': 'Compact',
  'forget.title': 'Forget removed messages',
  'forget.what':
    '<strong>{messages, plural, one {# message} other {# messages}}</strong> that you removed from this archive will be gone for good, which frees <strong>{size}</strong>. The archive itself is not touched.',
  'forget.button': 'Forget',
  'explain.delete':
    'Deleting only marks a message: nothing in the file changes, and you can take it back at any time. Marks stay when you close Mailkeep. Messages go when you choose Compact.',
  'explain.compact':
    'Compacting takes the marked messages out of the file and closes the gaps, so that the file becomes shorter. Only messages whose bytes are those you saw are removed; all others stay exactly as they are.',
  'explain.understood': 'Do not show again',

  'list.grid': 'Messages',
  'list.attachments': 'Attachments',
  'column.date': 'Date',
  'column.from': 'From',
  'column.to': 'To',
  'column.subject': 'Subject',
  'column.bytes': 'Size',
  'column.width.date': 'Width of Date',
  'column.width.from': 'Width of From',
  'column.width.to': 'Width of To',
  'column.width.bytes': 'Width of Size',
  'row.attachments': 'Has attachments',
  'row.starred': 'Starred',
  'row.marked': 'Marked for deletion',
  'row.deleted': 'Flagged as deleted in the file',
  'row.badge.marked': 'deleted',
  'row.badge.deleted': 'flagged deleted',
  'thread.deep': '{levels, plural, one {# level deep} other {# levels deep}}',
  'thread.expand': 'Expand',
  'thread.collapse': 'Collapse',
  'thread.collapsed': '{messages, plural, one {# message} other {# messages}} collapsed',
  'thread.unread': '{messages, plural, one {# unread} other {# unread}}',
  'thread.marked': '{messages, plural, one {# marked for deletion} other {# marked for deletion}}',

  'panes.noneFound': 'No message that has been searched fits.',
  'panes.noneInView': 'No message is in this view.',
  'panes.messageWidth': 'Width of the message',
  'panes.sidebarWidth': 'Width of the sidebar',
  'panes.drop': 'Drop to open',

  'status.collapsed':
    '{messages, plural, one {# message} other {# messages}}, {collapsed, number} collapsed',
  'status.selected': '{messages, plural, one {# message} other {# messages}} selected ({size})',
  'status.marked':
    '{messages, plural, one {# message} other {# messages}} marked · {size} can be freed',
  'status.readOnly': 'Read-only',
  'status.readRest': 'Read the rest',
  'status.layingOut':
    'Laying out {done, number} of {messages, plural, one {# message} other {# messages}}',
  'status.waitingFor':
    'Waiting for {holder} to release the archive ({waited, number} of {limit, plural, one {# second} other {# seconds}})',
  'status.waiting':
    'Waiting for another program to release the archive ({waited, number} of {limit, plural, one {# second} other {# seconds}})',
  'task.scan': 'Reading the archive',
  'task.mark': 'Marking messages',
  'task.compact': 'Compacting',
  'task.restore': 'Putting messages back',
  'task.recover': 'Finishing an interrupted compaction',
  'task.read': 'Looking through the message',
  'task.save': 'Saving',
  'task.export': 'Exporting',
  'task.look': 'Looking for attachments',
  'task.search': 'Reading texts for the search',
  'task.duplicates': 'Looking for duplicates',
  'task.progress': '{task}: {done} of {total}',
  'task.rate': '{size}/s',
  'task.left': '{wait} left',
  'task.safe': 'can no longer be cancelled; it is finished safely',

  'state.scanning': 'Still reading: the list is not complete yet',
  'state.stopped': 'Reading was stopped: the list is not complete',
  'state.compacting': 'Compacting',
  'state.unsure': 'A write failed; open the archive again to repair it',
  'state.vanished': 'The file is no longer at its place',
  'state.partial': 'Not the whole archive',
  'state.ready': 'Complete',

  'facts.region': 'Facts',
  'facts.title': 'About this archive',
  'facts.where': 'Where',
  'facts.messages': 'Messages',
  'facts.size': 'Size',
  'facts.state': 'State',
  'facts.format': 'Format',
  'facts.rule': 'Read as',
  'facts.lineEnds': 'Line ends',
  'facts.preamble': 'Before the first',
  'facts.preambleKept': '{size} of text, kept',
  'facts.doubtful': 'Doubtful',
  'facts.doubtfulLines':
    '{lines, plural, one {# line that could be read otherwise} other {# lines that could be read otherwise}}',
  'facts.changes': 'Changes',
  'facts.allowed': 'allowed',
  'facts.lock': 'Lock: {name}',
  'lineEnd.LF': 'Unix (LF)',
  'lineEnd.CRLF': 'Windows (CRLF)',
  'lineEnd.CR': 'old Mac (CR)',
  'lineEnd.mixed': 'mixed',
  'lineEnd.none': 'none',
  'lock.held': 'held',
  'lock.free': 'available',
  'lock.unavailable': 'not available',
  'lock.why': '{state}: {why}',

  'reading.title': 'How this archive is read',
  'reading.looking': 'Looking…',
  'reading.format': 'Format',
  'reading.lineEnds': 'Line ends',
  'reading.quoting': '“From ” in texts',
  'reading.as': 'Read as',
  'reading.amount':
    '{messages, plural, one {# message} other {# messages}}, {lines, plural, one {# line that could be read otherwise} other {# lines that could be read otherwise}}',
  'reading.alike': 'The same line with the same text behind it is read alike wherever it stands.',
  'reading.format.mbox':
    'mbox: one message after the other. Each starts with a line that begins with “From ”.',
  'reading.format.mmdf':
    'MMDF: one message after the other, each between two lines of control characters.',
  'reading.format.babyl':
    'Babyl, the format of Emacs: one message after the other, kept apart by a control character.',
  'reading.format.eml':
    'A single message in a file of its own. It can be read, exported and printed, not changed.',
  'reading.lineEnd.LF': 'Lines end as on Linux and on the Macs of today.',
  'reading.lineEnd.CRLF': 'Lines end as on Windows.',
  'reading.lineEnd.CR': 'Lines end as on the Macs of the last century.',
  'reading.lineEnd.mixed':
    'Some lines end as on Windows and some as on Linux: programs of both kinds wrote into this file.',
  'reading.lineEnd.none': 'There is no line in this file that ends.',
  'reading.quoting.mboxo':
    'A line within a message that begins with “From ” was marked with a “>”, so that it is not taken for the start of the next one.',
  'reading.quoting.mboxrd':
    'A line within a message that begins with “From ” was marked with a “>”, in a way that can be taken back exactly.',
  'reading.quoting.content-length':
    'Each message says how long it is, so a line within it that begins with “From ” is not taken for the start of the next one.',
  'reading.quoting.none':
    'Lines within messages that begin with “From ” are not marked. What stands around such a line tells whether a message starts there.',
  'reading.quoting.unknown':
    'Nothing here shows how lines within messages that begin with “From ” are marked.',
  'rule.default': 'By evidence',
  'rule.what.default':
    'A message starts where a line looks like it: with a sender and a date, an empty line before it and a header behind it.',
  'rule.any-from': 'Every “From ” line separates, as Python does',
  'rule.what.any-from':
    'A message starts at every line that begins with “From ”. You see what programs made with Python see.',
  'reading.memory.kept':
    'What you decided here is remembered for this archive. The file itself is not changed.',
  'reading.memory.damaged':
    'What was remembered of this archive is damaged and was set aside, so it is read by evidence. The archive itself is safe.',
  'reading.memory.newer':
    'A newer Mailkeep remembers something of this archive that this version does not understand. What you decide here holds until you close the archive.',
  'reading.memory.unsaved':
    'What you decided here could not be written down, so it holds only until you close the archive. The archive itself is safe.',
  'doubtful.list': 'Doubtful lines',
  'doubtful.none': 'No line could be read otherwise.',
  'doubtful.show': 'Show',
  'doubtful.separator': 'Split here',
  'doubtful.content': 'Join to the message before',
  'doubtful.default': 'Take back',
  'doubtful.more': 'Show {lines, number} more of {rest, number}',
  'doubtful.unlisted':
    '{lines, plural, one {# more line} other {# more lines}} of this kind are not listed.',
} as const;
