/** Files dropped anywhere in the window are opened. */

import { useEffect, useState } from 'react';
import { useAppStore } from '../app/use-store.ts';
import { say } from '../../shared/language/say.ts';

const carriesFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

export function DropZone() {
  const app = useAppStore();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const dragged = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const left = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) app.openDropped(files);
    };
    window.addEventListener('dragover', dragged);
    window.addEventListener('dragleave', left);
    window.addEventListener('drop', dropped);
    return () => {
      window.removeEventListener('dragover', dragged);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('drop', dropped);
    };
  }, [app]);

  return over ? (
    <div className="drop">
      <p>{say('panes.drop')}</p>
    </div>
  ) : null;
}
