/** What is said to those who do not see the window, and what is there for small windows. */

export const access = {
  'sidebar.fold': 'Archives and views',
  'announce.unmarked': 'No message is marked',
  'announce.progress': '{task}: {percent} %',
  'settings.keys': 'Keys',
  'settings.letters': 'Letters are commands',
  'settings.lettersHint':
    'Such as j and k for the next and the previous message, u to undelete and / to search. Turned off, nothing happens when they are pressed by accident or by dictation; keys with Ctrl and the arrows stay.',
} as const;
