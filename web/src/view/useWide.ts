import { useSyncExternalStore } from 'react';

// Below this a column for each tactic would be narrower than its words.
const WIDE = '(min-width: 56rem)';

function subscribe(onChange: () => void) {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

export const useWide = () => useSyncExternalStore(subscribe, () => window.matchMedia(WIDE).matches);
