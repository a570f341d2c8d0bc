import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

// Whether the page is being printed. What is printed is laid out anew (PrintPage), and must be there
// before the browser looks: hence flushSync.
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(() => window.matchMedia('print').matches);
  useEffect(() => {
    const query = window.matchMedia('print');
    const set = (value: boolean) => flushSync(() => setPrinting(value));
    const begin = () => set(true);
    const end = () => set(false);
    const follow = (event: MediaQueryListEvent) => set(event.matches);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    query.addEventListener('change', follow);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      query.removeEventListener('change', follow);
    };
  }, []);
  return isPrinting;
}
