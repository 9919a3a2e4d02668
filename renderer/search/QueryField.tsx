/** The field in which a query is typed, and completed meanwhile: of one archive, and of all. */

import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { say } from '../../shared/language/say.ts';
import { Completions, optionId } from './Completions.tsx';
import { SearchHints } from './SearchHints.tsx';
import type { SearchHint } from '../../shared/search-answer.ts';
import type { Completing } from './use-completing.ts';

interface Props {
  /** Its lists and hints have ids made of this: there may be two such fields in a window. */
  readonly name: 'search' | 'everywhere';
  readonly label: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly state?: 'usable' | 'disabled';
  readonly text: string;
  readonly hints: readonly SearchHint[];
  readonly completing: Completing;
  /** A person typed. */
  readonly onType: (text: string) => void;
  /** What stands there is to be another text. */
  readonly onChange: (text: string) => void;
  /** A key that was not meant for what is offered. @returns true if it meant something */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** Buttons in the field. */
  readonly children?: ReactNode;
}

const NO_HINTS: readonly SearchHint[] = [];

export function QueryField(props: Props) {
  const { name, label, field, state, text, hints, completing, onType, onChange, onKey } = props;
  const ids = { hints: `${name}-hints`, completions: `${name}-completions` };
  const isOffered = completing.completions.length > 0;
  return (
    <>
      <div className="search">
        <Search size={15} aria-hidden />
        <input
          ref={field}
          type="text"
          role="searchbox"
          aria-label={label}
          aria-describedby={ids.hints}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={ids.completions}
          aria-activedescendant={
            completing.at < 0 ? undefined : optionId(ids.completions, completing.at)
          }
          autoComplete="off"
          placeholder={say('searchField.placeholder')}
          disabled={state === 'disabled'}
          value={text}
          spellCheck={false}
          onChange={(event) => {
            onType(event.target.value);
            completing.look(event.target);
          }}
          onSelect={(event) => completing.look(event.currentTarget)}
          onBlur={completing.close}
          onKeyDown={(event) => {
            if (completing.key(event) || onKey(event)) event.preventDefault();
          }}
        />
        {props.children}
      </div>
      <Completions id={ids.completions} completing={completing} />
      <SearchHints
        id={ids.hints}
        text={text}
        hints={isOffered ? NO_HINTS : hints}
        onRight={onChange}
      />
    </>
  );
}
