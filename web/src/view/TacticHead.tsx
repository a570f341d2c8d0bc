import type { Index } from '../model/index.ts';
import type { Column } from '../model/matrix.ts';
import { StatesBar } from './Bar.tsx';

// The head of a tactic's column: how much of it a working rule claims, and the states of its cells.
export function TacticHead({ index, column }: { index: Index; column: Column }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: a heading does nothing
    <div role="columnheader" className="tactic">
      <span className="name">{column.name}</span>
      <span
        className="share"
        title={`${column.mapped} of ${column.applicable} that apply are claimed by a working rule`}
      >
        {column.mapped}/{column.applicable}
      </span>
      <StatesBar index={index} states={column.states} whole={column.applicable} name={column.name} />
    </div>
  );
}
