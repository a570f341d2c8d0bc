import type { State } from '../data/page.ts';
import type { Index } from '../model/index.ts';

// A state with its glyph and its name: never by colour alone.
export function StateMark({ index, state, children }: { index: Index; state: State; children?: React.ReactNode }) {
  const look = index.look(state);
  return (
    <span className={`state s-${state}`}>
      <span aria-hidden="true">{look.glyph}</span> {look.label}
      {children}
    </span>
  );
}
