/** Commands of the reader: how a message is seen, what is looked for in it, what is saved of it. */

import type { SaveRequest } from '../../shared/reading-contract.ts';
import { WHOLE_MESSAGE } from '../../shared/reading-contract.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { ReaderView } from '../../shared/reader-contract.ts';
import type { Command, Context } from './command.ts';
import { say } from '../../shared/language/say.ts';

function shownMessage({ snapshot }: Context): MessageView | null {
  const reading = snapshot?.reading;
  return reading?.reading === 'shown' ? reading.message : null;
}

const isShown = (context: Context): boolean => shownMessage(context) !== null;
const NONE = 'why.noneShown';

function view(name: ReaderView, key: string): Command {
  return {
    name: `view-${name}`,
    label: `command.view-${name}`,
    keys: [key],
    when: ({ store }) => store !== null,
    run: ({ app }) => app.reader.see(name),
  };
}

function save(context: Context, parts: (message: MessageView) => SaveRequest['parts']): void {
  const message = shownMessage(context);
  if (!message || !context.archive) return;
  const { app, archive } = context;
  const request = { key: message.key, parts: parts(message) };
  void app.reader.told(app.bridge.saveParts(archive.id, request));
}

export const readerCommands: readonly Command[] = [
  view('html', 'Ctrl+1'),
  view('text', 'Ctrl+2'),
  view('headers', 'Ctrl+3'),
  view('source', 'Ctrl+4'),
  {
    name: 'find',
    label: 'command.find',
    keys: ['Ctrl+F'],
    when: isShown,
    why: NONE,
    run: ({ app }) => {
      app.reader.finding.open();
      document.querySelector<HTMLInputElement>('[role=search] input')?.select();
    },
  },
  {
    name: 'find-next',
    label: 'command.find-next',
    keys: ['F3'],
    when: isShown,
    why: NONE,
    run: ({ app }) => app.reader.finding.step(1),
  },
  {
    name: 'find-previous',
    label: 'command.find-previous',
    keys: ['Shift+F3'],
    when: isShown,
    why: NONE,
    run: ({ app }) => app.reader.finding.step(-1),
  },
  {
    name: 'quotes',
    label: 'command.quotes',
    keys: ['q'],
    when: isShown,
    why: NONE,
    run: ({ app }) => app.reader.turnQuotes(),
  },
  {
    name: 'pictures-once',
    label: 'command.pictures-once',
    keys: ['i'],
    when: isShown,
    why: NONE,
    run: (context) => {
      const message = shownMessage(context);
      if (message) context.app.reader.allowPictures(message.key);
    },
  },
  {
    name: 'save-attachments',
    label: 'command.save-attachments',
    keys: [],
    when: (context) => (shownMessage(context)?.attachments.length ?? 0) > 0,
    why: 'why.noAttachments',
    run: (context) =>
      save(context, ({ attachments }) => attachments.map(({ part, name }) => ({ part, name }))),
  },
  {
    name: 'save-message',
    label: 'command.save-message',
    keys: ['Ctrl+S'],
    when: isShown,
    why: NONE,
    run: (context) =>
      save(context, ({ subject }) => [
        { part: WHOLE_MESSAGE, name: `${subject.slice(0, 100) || say('file.message')}.eml` },
      ]),
  },
  {
    name: 'larger',
    label: 'command.larger',
    keys: ['Ctrl+=', 'Ctrl++'],
    when: isShown,
    why: NONE,
    run: ({ app }) => app.reader.zoom(1),
  },
  {
    name: 'smaller',
    label: 'command.smaller',
    keys: ['Ctrl+-'],
    when: isShown,
    why: NONE,
    run: ({ app }) => app.reader.zoom(-1),
  },
  {
    name: 'usual-size',
    label: 'command.usual-size',
    keys: ['Ctrl+0'],
    when: isShown,
    why: NONE,
    run: ({ app }) => app.reader.zoom(0),
  },
];
