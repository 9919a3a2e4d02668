/**
 * What of an archive is said aloud: marks, how much a search or a view holds, how far long work is, and
 * that a lock is waited for. What changes many times a second is said once it rests.
 */

import { useEffect, useRef } from 'react';
import { useArchive } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Progress } from '../engine/snapshot.ts';
import { say } from '../../shared/language/say.ts';
import { announce } from './announcements.ts';

/** The list rests when it has not changed for so long: nobody hears a number for each letter typed. */
const REST_MS = 700;
/** Work that ends sooner is not worth a word. */
const LONG_MS = 1500;
/** A word at each quarter. */
const STEP_PERCENT = 25;

/** Says a text when it is another than before; what there was in the beginning is not news. */
function useSaid(text: string | null): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (text === null) return;
    if (before.current !== null && before.current !== text) announce(text);
    before.current = text;
  }, [text]);
}

function useMarked(store: ArchiveStore): void {
  const { status } = useArchive(store);
  let text: string | null = null;
  if (status?.state === 'ready') {
    const { messages, bytes } = status.marked;
    text =
      messages === 0
        ? say('announce.unmarked')
        : say('status.marked', { messages, size: formatBytes(bytes) });
  }
  useSaid(text);
}

/** How much the list holds when it was asked for something else, and has it all. */
function useListed(store: ArchiveStore): void {
  const { arrangement, arranging, list, status } = useArchive(store);
  const { view, query, narrowed = [] } = arrangement;
  const asked = JSON.stringify([view, query, narrowed]);
  const said = useRef(asked);
  const messages = list.rows + (list.collapsed ?? 0);
  const rests = !arranging && status?.state !== 'scanning';
  useEffect(() => {
    if (!rests || said.current === asked) return;
    const timer = setTimeout(() => {
      said.current = asked;
      announce(say('count.messages', { messages }));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [asked, rests, messages]);
}

function useTask(task: Progress | undefined): void {
  const id = task?.task;
  const began = useRef(0);
  const quarter = useRef(0);
  const percent = task && task.total > 0 ? (task.done / task.total) * 100 : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task begins anew
  useEffect(() => {
    began.current = performance.now();
    quarter.current = -1;
  }, [id]);
  useEffect(() => {
    if (!task || performance.now() - began.current < LONG_MS) return;
    const reached = Math.floor(percent / STEP_PERCENT);
    if (reached <= quarter.current) return;
    quarter.current = reached;
    const name = say(`task.${task.kind}`);
    announce(say('announce.progress', { task: name, percent: reached * STEP_PERCENT }));
  }, [task, percent]);
}

function useLockWait(store: ArchiveStore): void {
  const { lockWait } = useArchive(store);
  const id = lockWait?.task;
  const holder = lockWait?.holder ?? '';
  const limit = Math.round((lockWait?.limitMs ?? 0) / 1000);
  useEffect(() => {
    if (id === undefined) return;
    const seconds = { waited: 0, limit };
    announce(
      holder ? say('status.waitingFor', { ...seconds, holder }) : say('status.waiting', seconds),
    );
  }, [id, holder, limit]);
}

export function useArchiveAnnouncements(store: ArchiveStore): void {
  useMarked(store);
  useListed(store);
  useTask(useArchive(store).tasks[0]);
  useLockWait(store);
}
