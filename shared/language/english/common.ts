/** Words that stand in many places: amounts, sizes, waits, buttons of dialogs, what a message lacks. */

export const common = {
  'app.title': '{archive} – Mailkeep',

  'button.cancel': 'Cancel',
  'button.close': 'Close',
  'button.dismiss': 'Dismiss',
  'button.done': 'Done',
  'button.open': 'Open',
  'button.openFolder': 'Open folder',
  'button.save': 'Save',
  'button.showInFolder': 'Show in folder',
  'button.stop': 'Stop',
  'button.tryAgain': 'Try again',
  'button.backToList': 'Back to the list',

  'count.messages': '{messages, plural, one {# message} other {# messages}}',
  'count.archives': '{archives, plural, one {# archive} other {# archives}}',

  'size.bytes': '{bytes, plural, one {# byte} other {# bytes}}',
  'size.B': '{value} B',
  'size.KB': '{value} KB',
  'size.MB': '{value} MB',
  'size.GB': '{value} GB',
  'size.TB': '{value} TB',

  'wait.moment': 'a moment',
  'wait.seconds': '{seconds, plural, one {# second} other {# seconds}}',
  'wait.minutes': '{minutes, plural, one {about # minute} other {about # minutes}}',

  'none.sender': '(no sender)',
  'none.subject': '(no subject)',

  'amount.of': '{name}: {messages, plural, one {# message} other {# messages}}, {size}',

  'searchField.placeholder': 'Sender, subject or text',
} as const;
