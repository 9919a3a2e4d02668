/**
 * The engine process: entry point of the utility process that serves one archive to its windows.
 * The only user of `process.parentPort`. Ends when main tells it to, or when main is gone; not
 * before a compaction under way is done.
 */

import { toAnswer } from '../../shared/answer.ts';
import { MailboxError } from '../../shared/errors.ts';
import { Archive } from './archive/archive.ts';
import type { FirstRows } from './listing/arrivals.ts';
import { archiveRequest } from './engine-request.ts';
import type { Answered, ToEngine, ToMain } from './launch.ts';
import type { Port } from './port.ts';
import { mayRest } from './archive/resting.ts';
import { saveParts } from './messages/save-parts.ts';
import { serveWindow } from './serve-window.ts';
import { warmUp } from './envelopes/warming.ts';
import type { WindowSession } from './window-session.ts';

interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: ToEngine; readonly ports: readonly Port[] }) => void,
  ): void;
  postMessage(message: ToMain): void;
}

const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;
let archive: Archive | null = null;
/** Something is to be opened: whatever is done beforehand has had its time. */
let isAsked = false;
/** Settles when it has been opened, or could not be. */
let opening: Promise<void> = Promise.resolve();
let closing: Promise<void> | null = null;
const sessions = new Set<WindowSession>();
/** Until then the first rows are to be on screen. */
const FIRST_ROWS: FirstRows = { forMs: 500, fromBytes: 64 * 1024 * 1024 };

async function open(request: Extract<ToEngine, { tell: 'open' }>['request']): Promise<void> {
  isAsked = true;
  const answer = await toAnswer(async () => {
    archive = await Archive.open({
      ...archiveRequest(request, 'read-write'),
      firstRows: FIRST_ROWS,
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

/** A window may ask before there is anything to answer: what it asks waits in the port. */
async function connect(port: Port): Promise<void> {
  await opening;
  if (archive) sessions.add(serveWindow(archive, port, (session) => sessions.delete(session)));
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
  if (data.tell === 'open') opening = open(data.request);
  else if (data.tell === 'prepare') void warmUp(() => !isAsked);
  else if (data.tell === 'connect') for (const port of ports) void connect(port);
  else if (data.tell === 'save' || data.tell === 'sound' || data.tell === 'keepMarks')
    void answer(data);
  else if (data.tell === 'rest') rest();
  else if (data.tell === 'permit') archive?.exporting.permit(data.word, data.place);
  else void stop();
});
