/** Above a list by threads: what can be done with all of them, and with the one that is current. */

import { useAppStore, useArchive } from '../app/use-store.ts';
import { contextOf } from '../command/command.ts';
import { commandNamed, perform } from '../command/registry.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { say } from '../../shared/language/say.ts';

const NAMES = ['fold-all', 'unfold-all'] as const;
const NAMES_OF_THREAD = ['select-thread', 'delete-thread'] as const;

function ThreadButton({ name }: { readonly name: string }) {
  const app = useAppStore();
  const context = contextOf(app);
  const command = commandNamed(name);
  const possible = command.when(context);
  return (
    <button
      type="button"
      className="small-button"
      disabled={!possible}
      onClick={() => perform(command, contextOf(app))}
    >
      {possible && command.labelNow ? command.labelNow(context) : say(command.label)}
    </button>
  );
}

/** Drawn anew with every change of the archive: what can be done depends on it. */
export function ThreadBar({ store }: { readonly store: ArchiveStore }) {
  const { arrangement } = useArchive(store);
  if (arrangement.threads !== 'on') return null;
  return (
    <div className="thread-bar" role="toolbar" aria-label={say('command.threads')}>
      {NAMES.map((name) => (
        <ThreadButton key={name} name={name} />
      ))}
      <span className="stretch" />
      {NAMES_OF_THREAD.map((name) => (
        <ThreadButton key={name} name={name} />
      ))}
    </div>
  );
}
