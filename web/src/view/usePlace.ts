import { createContext, useCallback, useEffect, useRef, useState } from 'react';
import type { Index } from '../model/index.ts';
import { formatPlace, NOWHERE, type Place, parsePlace } from '../model/place.ts';

export type Go = (change: Partial<Place>) => void;

// For links that stand deep in the page.
export const PlaceContext = createContext<{ place: Place; go: Go }>({ place: NOWHERE, go: () => {} });

// What is looked at, kept in the address' fragment. Opening a cell is a step that "back" undoes; a
// filter is not, or every letter of a search would be one.
export function usePlace(index: Index): { place: Place; go: Go } {
  const [place, setPlace] = useState(() => parsePlace(window.location.hash, index));
  const latest = useRef(place);
  useEffect(() => {
    const follow = () => {
      latest.current = parsePlace(window.location.hash, index);
      setPlace(latest.current);
    };
    window.addEventListener('hashchange', follow);
    window.addEventListener('popstate', follow);
    return () => {
      window.removeEventListener('hashchange', follow);
      window.removeEventListener('popstate', follow);
    };
  }, [index]);
  const go = useCallback<Go>((change) => {
    const before = latest.current;
    const after = { ...before, ...change };
    const address = formatPlace(after) || window.location.pathname + window.location.search;
    if (after.cell !== '' && before.cell === '') {
      history.pushState(null, '', address);
    } else {
      history.replaceState(null, '', address);
    }
    latest.current = after;
    setPlace(after);
  }, []);
  return { place, go };
}
