/**
 * Every command by name: type a part of it, choose with the arrows, Enter. Drawn from the registry
 * of commands, so what a key or a button can do is here as well.
 */

import { useEffect, useRef, useState } from 'react';
import { useAppStore } from '../app/use-store.ts';
import { type Command, contextOf } from '../command/command.ts';
import { shownKey } from '../command/keys.ts';
import { commands, perform } from '../command/registry.ts';
import { say } from '../../shared/language/say.ts';

function fitting(text: string): readonly Command[] {
  const words = text.toLocaleLowerCase().split(/\s+/);
  return commands.filter(
    (command) =>
      command.name !== 'palette' &&
      words.every((word) => say(command.label).toLocaleLowerCase().includes(word)),
  );
}

export function Palette() {
  const app = useAppStore();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const context = contextOf(app);
  const shown = fitting(text).filter((command) => command.when(context));
  const at = Math.min(chosen, shown.length - 1);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    document.getElementById(`palette-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const run = (command: Command | undefined): void => {
    dialog.current?.close();
    if (command) perform(command, contextOf(app));
  };

  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={say('command.palette')}
      onClose={() => app.hide('palette')}
    >
      <input
        type="text"
        role="combobox"
        aria-label={say('palette.field')}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={at >= 0 ? `palette-${at}` : undefined}
        placeholder={say('palette.what')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, shown.length - 1));
          else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
          else if (event.key === 'Enter') run(shown[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div
        role="listbox"
        id="palette-list"
        aria-label={say('palette.list')}
        className="palette-list"
      >
        {shown.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does it
          <div
            key={command.name}
            role="option"
            id={`palette-${index}`}
            aria-selected={index === at}
            className="palette-item"
            onClick={() => run(command)}
          >
            <span>{command.labelNow?.(context) ?? say(command.label)}</span>
            {command.keys[0] && (
              <kbd translate="no">{shownKey(command.keys[0], app.bridge.platform)}</kbd>
            )}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="quiet palette-none">{say('palette.none')}</p>}
    </dialog>
  );
}
