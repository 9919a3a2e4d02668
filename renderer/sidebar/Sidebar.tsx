/** Left pane: the open archives, the views of the current one, its picture over time, its facts. */

import {
  Archive,
  CircleAlert,
  Copy,
  Inbox,
  LoaderCircle,
  Mail,
  MessagesSquare,
  Paperclip,
  PencilLine,
  Star,
  Trash2,
  TriangleAlert,
  X,
} from 'lucide-react';
import { type ComponentType, memo } from 'react';
import type { ViewName } from '../../shared/row.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { useApp, useAppStore, useArchive, useArchivePart } from '../app/use-store.ts';
import { formatBytes, formatNumber } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { LibraryPart } from '../library/LibraryPart.tsx';
import { useLibrary } from '../library/library-store.ts';
import { TextIndex } from '../search/TextIndex.tsx';
import { Searches } from './Searches.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { GroupViews } from '../views/GroupViews.tsx';
import { Facts } from './Facts.tsx';
import { say } from '../../shared/language/say.ts';

interface View {
  readonly view: ViewName;
  readonly icon: ComponentType<{ readonly size: number }>;
}

const VIEWS: readonly View[] = [
  { view: 'all', icon: Inbox },
  { view: 'attachments', icon: Paperclip },
  { view: 'unread', icon: Mail },
  { view: 'starred', icon: Star },
  { view: 'drafts', icon: PencilLine },
  { view: 'chats', icon: MessagesSquare },
  { view: 'marked', icon: Trash2 },
  { view: 'deleted', icon: CircleAlert },
];
/** Few archives have them: they are there where some message is in them. */
const RARE: readonly ViewName[] = ['drafts', 'chats'];

function StateIcon({ state }: { readonly state: OpenArchive['state'] }) {
  if (state === 'opening')
    return <LoaderCircle size={16} className="turning" aria-label={say('sidebar.opening')} />;
  if (state === 'failed') return <TriangleAlert size={16} aria-label={say('sidebar.notOpen')} />;
  return <Archive size={16} aria-hidden />;
}

function Archives() {
  const app = useAppStore();
  const [library] = useLibrary();
  const { archives: open, active } = useApp();
  // Those of the library are shown there.
  const archives = open.filter(({ path }) => !library.has(path));
  if (archives.length === 0) return null;
  return (
    <nav className="side-part" aria-label={say('sidebar.open')}>
      <h2 className="side-title">{say('sidebar.archives')}</h2>
      <ul className="side-list">
        {archives.map(({ id, name, path, state }) => (
          <li key={id} className={id === active ? 'side-item side-item-active' : 'side-item'}>
            <button
              type="button"
              title={path}
              aria-current={id === active ? 'true' : undefined}
              onClick={() => app.activate(id)}
            >
              <StateIcon state={state} />
              <span className="side-name" translate="no" dir="auto">
                {name}
              </span>
            </button>
            <button
              type="button"
              className="side-close"
              aria-label={say('sidebar.close', { name })}
              onClick={() => app.close(id)}
            >
              <X size={14} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Views({ store }: { readonly store: ArchiveStore }) {
  const { status, arrangement, pane, duplicates, timeline } = useArchive(store);
  const see = (view: ViewName): void => {
    store.arrange({ view, ...(view === 'all' ? { narrowed: [] } : {}) });
    if (pane === 'duplicates') store.picture.show('list');
  };
  const counts: Readonly<Record<ViewName, number>> = {
    all: status?.messages ?? 0,
    attachments: timeline?.views.attachments.messages ?? 0,
    unread: timeline?.views.unread.messages ?? 0,
    starred: timeline?.views.starred.messages ?? 0,
    drafts: timeline?.views.drafts.messages ?? 0,
    chats: timeline?.views.chats.messages ?? 0,
    marked: status?.marked.messages ?? 0,
    deleted: status?.deleted.messages ?? 0,
  };
  const shown = VIEWS.filter(
    ({ view }) => !RARE.includes(view) || counts[view] > 0 || arrangement.view === view,
  );
  return (
    <nav className="side-part" aria-label={say('views.title')}>
      <h2 className="side-title">{say('views.title')}</h2>
      <ul className="side-list">
        {shown.map(({ view, icon: Icon }) => {
          const active = arrangement.view === view && pane !== 'duplicates';
          const count = counts[view];
          return (
            <li key={view} className={active ? 'side-item side-item-active' : 'side-item'}>
              <button
                type="button"
                aria-current={active ? 'true' : undefined}
                onClick={() => see(view)}
              >
                <Icon size={16} />
                <span className="side-name">{say(`view.${view}`)}</span>
                {count > 0 && <span className="side-count">{formatNumber(count)}</span>}
              </button>
            </li>
          );
        })}
        <li className={pane === 'duplicates' ? 'side-item side-item-active' : 'side-item'}>
          <button
            type="button"
            aria-current={pane === 'duplicates' ? 'true' : undefined}
            onClick={() => store.picture.show('duplicates')}
          >
            <Copy size={16} />
            <span className="side-name">{say('sidebar.duplicates')}</span>
            {duplicates && duplicates.groups > 0 && (
              <span className="side-count">{formatNumber(duplicates.groups)}</span>
            )}
          </button>
        </li>
      </ul>
    </nav>
  );
}

function Reclaimable({ store }: { readonly store: ArchiveStore }) {
  const { status } = useArchive(store);
  if (!status || status.marked.messages === 0) return null;
  return (
    <p className="side-note">
      {say('sidebar.reclaimable', { size: formatBytes(status.marked.bytes) })}
    </p>
  );
}

/** What compactions removed and kept, and what can be done with it. */
function Kept({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status } = useArchive(store);
  if (!status || status.kept.copies === 0) return null;
  return (
    <section className="side-kept" aria-label={say('sidebar.kept')}>
      <p>
        {say('sidebar.keptAmount', {
          messages: status.kept.messages,
          size: formatBytes(status.kept.bytes),
        })}
      </p>
      <button
        type="button"
        className="link"
        disabled={status.readOnly !== ''}
        onClick={() => store.undoCompaction()}
      >
        {say('sidebar.putBack')}
      </button>
      <button type="button" className="link" onClick={() => app.show('forget')}>
        {say('sidebar.forget')}
      </button>
    </section>
  );
}

function OpenSidebar({ store }: { readonly store: ArchiveStore }) {
  const status = useArchivePart(store, (shown) => shown.status);
  return (
    <>
      <Views store={store} />
      <Searches store={store} />
      <Reclaimable store={store} />
      <Kept store={store} />
      <GroupViews store={store} />
      <Timeline store={store} />
      <TextIndex store={store} />
      {status && <Facts status={status} />}
    </>
  );
}

/** Not drawn anew with every change of the archive: its parts are, each with what it shows. */
export const Sidebar = memo(function Sidebar() {
  const { archives, active } = useApp();
  const store = archives.find(({ id }) => id === active)?.store ?? null;
  return (
    <div className="sidebar">
      <Archives />
      <LibraryPart />
      {store && <OpenSidebar key={active} store={store} />}
    </div>
  );
});
