/**
 * The engine process: entry point of the utility process that serves one archive to its windows.
 * The only user of `process.parentPort`. Ends when main tells it to, or when main is gone; not
 * before a compaction under way is done.
 */

import path from 'node:path';
import { toAnswer } from '../../shared/answer.ts';
import type { Notification } from '../../shared/contract.ts';
import { windowMethods } from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import { Archive } from './archive.ts';
import type { Answered, ToEngine, ToMain } from './launch.ts';
import { type Port, servePort } from './port.ts';
import { mayRest } from './resting.ts';
import { serveContract } from './serve.ts';
import { saveParts } from './save-parts.ts';
import { warmUp } from './warming.ts';
import { WindowSession } from './window-session.ts';

interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: ToEngine; readonly ports: readonly Port[] }) => void,
  ): void;
  postMessage(message: ToMain): void;
}

const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;
let archive: Archive | null = null;
let closing: Promise<void> | null = null;
const sessions = new Set<WindowSession>();

async function open(request: Extract<ToEngine, { tell: 'open' }>['request']): Promise<void> {
  const answer = await toAnswer(async () => {
    archive = await Archive.open({
      path: request.path,
      access: 'read-write',
      journalFolder: request.stateFolder,
      readingFolder: request.readingFolder,
      marksFolder: request.marksFolder,
      copyFolder: request.copyFolder,
      workerScript: path.join(import.meta.dirname, 'envelope-worker.js'),
      catalogFolder: request.catalogFolder,
      expanding: {
        folder: request.expandedFolder,
        script: path.join(import.meta.dirname, 'expanding-worker.js'),
        limit: request.expansionLimit,
      },
      textScript: path.join(import.meta.dirname, 'text-worker.js'),
      textIndex: request.indexTexts ? 'always' : 'existing',
      onWriting: (writing) => parent.postMessage({ tell: 'writing', writing }),
    });
    return archive.status();
  });
  parent.postMessage({ tell: 'opened', answer });
  if (!archive) return;
  archive.listen((event) => {
    if (event.event !== 'progress') return;
    const { task, done, total, over } = event.progress;
    parent.postMessage({ tell: 'progress', progress: { task, done, total, over } });
  });
  void archive.read();
  archive.watch();
}

function connect(port: Port): void {
  if (!archive) return;
  let notify: (note: Notification) => void = () => undefined;
  const session = new WindowSession(archive, (note) => notify(note));
  sessions.add(session);
  notify = servePort(port, serveContract(windowMethods, session.handlers()), () => {
    sessions.delete(session);
    session.end();
  });
}

type Asked = Extract<ToEngine, { tell: 'save' | 'sound' | 'keepMarks' }>;

/** What main asks for is answered with a value, whatever goes wrong. */
async function answer(asked: Asked): Promise<void> {
  const value = await toAnswer<Answered>(() => {
    if (asked.tell === 'keepMarks') return archive?.removing.marks.unkept() ?? 0;
    if (!archive) throw new MailboxError('GONE', { key: asked.asked.key });
    return asked.tell === 'save'
      ? saveParts(archive, asked.asked)
      : archive.reading.soundBytes(asked.asked);
  });
  parent.postMessage({ tell: 'answered', number: asked.number, answer: value });
}

function rest(): void {
  if (
    !archive ||
    !mayRest(
      archive,
      [...sessions].map(({ selected }) => selected),
    )
  )
    return;
  parent.postMessage({ tell: 'resting' });
  void stop();
}

async function stop(): Promise<void> {
  // Asked twice, it ends once.
  closing ??= archive?.close() ?? Promise.resolve();
  await closing;
  process.exit(0);
}

parent.on('message', ({ data, ports }) => {
  if (data.tell === 'open') void open(data.request);
  else if (data.tell === 'prepare') void warmUp();
  else if (data.tell === 'connect') for (const port of ports) connect(port);
  else if (data.tell === 'save' || data.tell === 'sound' || data.tell === 'keepMarks')
    void answer(data);
  else if (data.tell === 'rest') rest();
  else if (data.tell === 'permit') archive?.exporting.permit(data.word, data.place);
  else void stop();
});
