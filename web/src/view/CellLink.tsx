import { type ReactNode, useContext } from 'react';
import type { Cell } from '../data/page.ts';
import { keyOf } from '../model/index.ts';
import { formatPlace } from '../model/place.ts';
import { PlaceContext } from './usePlace.ts';

// Opens the drawer of a cell and leaves the filters as they are; as a link it can be copied.
export function CellLink({ cell, title, children }: { cell: Cell; title?: string; children: ReactNode }) {
  const { place, go } = useContext(PlaceContext);
  const key = keyOf(cell);
  return (
    <a
      href={formatPlace({ ...place, cell: key })}
      title={title}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go({ cell: key });
      }}
    >
      {children}
    </a>
  );
}
