import type { ReactNode } from 'react';

// Holds a table that may be wider than the page, and scrolls by itself: the page never does sideways.
// `labelledBy` is the id of the heading that names it.
export function ScrollBox({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields
    <div className="scroll" tabIndex={0} role="group" aria-labelledby={labelledBy}>
      {children}
    </div>
  );
}
