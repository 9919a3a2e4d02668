/** A part of the settings, under its title. */

import type { ReactNode } from 'react';

export function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="settings-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
