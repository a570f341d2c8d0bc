import { useSyncExternalStore } from 'react';

// How many tiles stand beside each other: 0 where a column for each tactic is as wide as its words,
// else as many as are about ten rem wide.
const STEPS: readonly (readonly [query: string, across: number])[] = [
  ['(min-width: 56rem)', 0],
  ['(min-width: 44rem)', 4],
  ['(min-width: 32rem)', 3],
];
const LEAST = 2;

const isHeld = (query: string) => window.matchMedia(query).matches;
const across = () => STEPS.find(([query]) => isHeld(query))?.[1] ?? LEAST;

function subscribe(onChange: () => void) {
  const queries = STEPS.map(([query]) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}

export const useAcross = () => useSyncExternalStore(subscribe, across);
