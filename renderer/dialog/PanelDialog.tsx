/**
 * A dialog to look at, or to choose in with effect at once: its title stays above, its one button below,
 * and only what stands between them is scrolled.
 */

import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { say } from '../../shared/language/say.ts';

/** Where the keyboard begins; of choices, where the one that holds is. */
const FIRST = 'input:checked, button:enabled, select, [tabindex="0"]';

interface Props {
  /** For whoever closes it by something else than its button. */
  readonly ref?: RefObject<HTMLDialogElement | null>;
  readonly title: string;
  /** Of a title that is a name. */
  readonly translate?: 'no';
  /** What style sheets know it by. */
  readonly className: string;
  readonly button: 'button.close' | 'button.done';
  /** What stands before the button. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function PanelDialog({ ref, title, translate, className, button, ...props }: Props) {
  const { beside, children, onClose } = props;
  const own = useRef<HTMLDialogElement>(null);
  const dialog = ref ?? own;
  const titleId = useId();
  const body = useRef<HTMLDivElement>(null);
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // Left alone, the keyboard would be on what scrolls.
    (body.current?.querySelector<HTMLElement>(FIRST) ?? closing.current)?.focus();
  }, [dialog]);
  return (
    <dialog
      ref={dialog}
      className={`dialog panel ${className}`}
      aria-labelledby={titleId}
      onClose={onClose}
    >
      <h2 id={titleId} dir={translate && 'auto'} translate={translate}>
        {title}
      </h2>
      <div ref={body} className="panel-body">
        {children}
      </div>
      <div className="dialog-buttons">
        {beside}
        <span className="stretch" />
        <button
          ref={closing}
          type="button"
          className="button button-prominent"
          onClick={() => dialog.current?.close()}
        >
          {say(button)}
        </button>
      </div>
    </dialog>
  );
}
