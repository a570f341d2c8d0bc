import { useMemo, useRef } from 'react';
import type { State } from '../data/page.ts';
import type { Filter } from '../model/filter.ts';
import { type Index, keyOf } from '../model/index.ts';
import { matrixOf } from '../model/matrix.ts';
import { isFiltered, type Place } from '../model/place.ts';
import { plural } from '../model/words.ts';
import { Baseline } from './Baseline.tsx';
import { Drawer } from './Drawer.tsx';
import { Filters } from './Filters.tsx';
import { Maker, Words } from './Footer.tsx';
import { Headline, Top } from './Headline.tsx';
import { Lists } from './Lists.tsx';
import { Matrix } from './Matrix.tsx';
import { OnePage } from './OnePage.tsx';
import { PrintPage } from './PrintPage.tsx';
import { Providers } from './Providers.tsx';
import { useAcross } from './useAcross.ts';
import { type Go, PlaceContext, usePlace } from './usePlace.ts';
import { usePrinting } from './usePrinting.ts';

const filterOf = (place: Place): Filter => ({
  states: new Set(place.states),
  tactic: place.tactic,
  query: place.query,
});

// Of the map that is shown, whatever is filtered.
function countsOf(index: Index, provider: string): Map<State, number> {
  const counts = new Map<State, number>();
  for (const technique of index.page.techniques) {
    const cell = index.drawn(technique.id, provider);
    if (cell !== undefined) counts.set(cell.state, (counts.get(cell.state) ?? 0) + 1);
  }
  return counts;
}

const titleOf = (index: Index, place: Place): string => {
  const { providers } = index.page;
  if (place.provider !== '') return index.providerName(place.provider);
  return providers.length === 1 ? (providers[0]?.name ?? '') : 'all providers, the weakest each';
};

function MatrixSection({ index, place, go }: { index: Index; place: Place; go: Go }) {
  const searchField = useRef<HTMLInputElement>(null);
  const across = useAcross();
  const matrix = useMemo(() => matrixOf(index, place.provider, filterOf(place)), [index, place]);
  const counts = useMemo(() => countsOf(index, place.provider), [index, place.provider]);
  const title = titleOf(index, place);
  const found = `${matrix.shown} of ${plural(matrix.drawn, 'technique')} shown`;
  return (
    <section aria-labelledby="matrix">
      <h2 id="matrix">The matrix: {title}</h2>
      <Filters index={index} place={place} go={go} counts={counts} searchField={searchField} />
      <p className="note found">
        <span role="status">{found}</span>
        {isFiltered(place) && (
          <button type="button" className="plain" onClick={() => go({ states: [], tactic: '', query: '' })}>
            Show all
          </button>
        )}
        <span className="hint">
          A dashed edge: not known to apply. Behind the id: working rules; ! broken ones.
          {matrix.notApplicable > 0 &&
            ` ${plural(matrix.notApplicable, 'technique')} of the matrix cannot be carried out here.`}{' '}
          Arrows move, Enter opens.
        </span>
      </p>
      <Matrix
        index={index}
        matrix={matrix}
        label={`ATT&CK matrix, ${title}`}
        across={across}
        onOpen={(cell) => go({ cell: keyOf(cell) })}
      />
    </section>
  );
}

function Navigation() {
  return (
    <nav aria-label="Sections">
      {[
        ['baseline', 'Baseline'],
        ['matrix', 'Matrix'],
        ['broken', 'Broken rules'],
        ['single', 'Cells on one rule'],
        ['unmapped', 'Rules that count nowhere'],
      ].map(([id, title]) => (
        // A fragment of the address is the view's (place.ts), so the jump is made here.
        <button key={id} type="button" className="plain" onClick={() => id && jumpTo(id)}>
          {title}
        </button>
      ))}
    </nav>
  );
}

function jumpTo(id: string) {
  const heading = document.getElementById(id);
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}

function Footer({ index }: { index: Index }) {
  return (
    <footer>
      <Words />
      <Maker index={index} />
    </footer>
  );
}

export function App({ index }: { index: Index }) {
  const where = usePlace(index);
  const { place, go } = where;
  const isPrinting = usePrinting();
  const open = index.cell(place.cell);
  if (index.page.audience === 'leadership') return <OnePage index={index} />;
  if (isPrinting) return <PrintPage index={index} footer={<Footer index={index} />} />;
  return (
    <PlaceContext value={where}>
      <Top index={index} />
      <Navigation />
      <main>
        <div className="front">
          <Headline index={index} />
          <Baseline index={index} />
        </div>
        <MatrixSection index={index} place={place} go={go} />
        <Providers index={index} />
        <Lists index={index} />
      </main>
      <Footer index={index} />
      <Drawer index={index} cell={open} onClose={() => go({ cell: '' })} onMove={(key) => go({ cell: key })} />
    </PlaceContext>
  );
}
