/**
 * The row of buttons above the panes. Each is a command of the registry: its label, when it makes
 * sense, why it does not, and what it does are there.
 */

import { ChartColumn, FolderOpen, MessagesSquare, Shrink, Trash2, Undo2 } from 'lucide-react';
import type { ComponentType } from 'react';
import { useApp } from '../app/use-store.ts';
import { type Context, contextOf, whyNot } from '../command/command.ts';
import { shownKey } from '../command/keys.ts';
import { commandNamed, perform } from '../command/registry.ts';
import { SearchBox } from '../search/SearchBox.tsx';
import { say } from '../../shared/language/say.ts';

interface ButtonProps {
  readonly name: string;
  readonly icon: ComponentType<{ readonly size: number }>;
  readonly context: Context;
  readonly prominent?: 'prominent';
  /** Of a button that switches something on. */
  readonly pressed?: 'on' | 'off';
}

function CommandButton({ name, icon: Icon, context, prominent, pressed }: ButtonProps) {
  const command = commandNamed(name);
  const possible = command.when(context);
  const why = whyNot(command, context);
  const key = command.keys[0];
  const label = say(command.label);
  const titled = key
    ? say('command.withKey', {
        command: label,
        key: shownKey(key, context.app.bridge.platform),
      })
    : label;
  return (
    <button
      type="button"
      className={prominent ? 'button button-prominent' : 'button'}
      disabled={!possible}
      aria-pressed={pressed && pressed === 'on'}
      title={why || titled}
      onClick={() => perform(command, contextOf(context.app))}
    >
      <Icon size={16} />
      <span>{label}</span>
    </button>
  );
}

/** Drawn anew with every change of the archive: `snapshot` is what the buttons depend on. */
export function Toolbar({ context }: { readonly context: Context }) {
  const { active } = useApp();
  const marked = (context.snapshot?.status?.marked.messages ?? 0) > 0;
  return (
    <div className="toolbar" role="toolbar" aria-label={say('toolbar.actions')}>
      <CommandButton name="open" icon={FolderOpen} context={context} />
      <span className="gap" />
      <CommandButton name="delete" icon={Trash2} context={context} />
      <CommandButton name="undelete" icon={Undo2} context={context} />
      <CommandButton
        name="compact"
        icon={Shrink}
        context={context}
        {...(marked ? { prominent: 'prominent' as const } : {})}
      />
      <span className="gap" />
      <CommandButton
        name="threads"
        icon={MessagesSquare}
        context={context}
        pressed={context.snapshot?.arrangement.threads ?? 'off'}
      />
      <CommandButton
        name="overview"
        icon={ChartColumn}
        context={context}
        pressed={context.snapshot?.pane === 'overview' ? 'on' : 'off'}
      />
      <span className="stretch" />
      <SearchBox key={active} store={context.store} />
    </div>
  );
}
