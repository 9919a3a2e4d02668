/** What became of the marks of an earlier session, where there is something to be said of it. */

import { useState } from 'react';
import type { Status } from '../../shared/status.ts';
import { Alert } from './Alert.tsx';
import { marksInWords } from './words.ts';

export function MarksAlert({ marks }: { readonly marks: Status['marks'] }) {
  const words = marksInWords(marks);
  const [dismissed, setDismissed] = useState('');
  if (words === '' || words === dismissed) return null;
  return (
    <Alert kind="warning" onDismiss={() => setDismissed(words)}>
      {words}
    </Alert>
  );
}
