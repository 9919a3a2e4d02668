/** One of a few, all of them in sight. */

interface Props<Name extends string> {
  /** What keeps these apart from other choices of the dialog. */
  readonly group: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  readonly called: (name: Name) => string;
  readonly onChoose: (name: Name) => void;
}

export function Choices<Name extends string>(props: Props<Name>) {
  const { group, names, chosen, called, onChoose } = props;
  return (
    <div className="settings-choices">
      {names.map((name) => (
        <label key={name} className="check">
          <input
            type="radio"
            name={group}
            checked={chosen === name}
            onChange={() => onChoose(name)}
          />
          {called(name)}
        </label>
      ))}
    </div>
  );
}
