/** An error as a person reads it; what of it there is in English only is marked so, for screen readers. */

import type { ErrorValue } from '../../shared/errors.ts';
import { errorWords } from './error-words.ts';

export function ErrorText({ error }: { readonly error: Pick<ErrorValue, 'code' | 'sentence'> }) {
  const { sentence, detail } = errorWords(error);
  return (
    <>
      {sentence}
      {detail !== '' && (
        <>
          {' '}
          <span lang="en" dir="ltr">
            {detail}
          </span>
        </>
      )}
    </>
  );
}
