// The page on paper: what leadership reads first, the heatmaps as an appendix, nothing to click.
import type { ReactNode } from 'react';
import type { Filter } from '../model/filter.ts';
import type { Index } from '../model/index.ts';
import { matrixOf } from '../model/matrix.ts';
import { StatesBar } from './Bar.tsx';
import { Baseline } from './Baseline.tsx';
import { Headline, Top } from './Headline.tsx';
import { Lists } from './Lists.tsx';
import { Providers } from './Providers.tsx';
import { StateMark } from './StateMark.tsx';
import { TileFace, tileClass } from './TileFace.tsx';

const EVERYTHING: Filter = { states: new Set(), tactic: '', query: '' };

// On paper a table by rows would break across pages; columns of their own height fit one.
function PrintedMatrix({ index, provider, title }: { index: Index; provider: string; title: string }) {
  const matrix = matrixOf(index, provider, EVERYTHING);
  return (
    <section className="appendix">
      <h2>The matrix: {title}</h2>
      <ul className="key">
        {index.page.looks
          .filter((look) => look.state !== 'not_applicable')
          .map((look) => (
            <li key={look.state}>
              <StateMark index={index} state={look.state} /> {look.meaning}
            </li>
          ))}
      </ul>
      <div className="printed">
        {matrix.columns.map((column) => (
          <div key={column.tactic} className="column">
            <h3>
              {column.name} {column.mapped}/{column.applicable}
            </h3>
            <StatesBar index={index} states={column.states} whole={column.applicable} name={column.name} />
            {column.tiles.map((tile) => (
              <div key={tile.key} className={tileClass(tile)}>
                <TileFace index={index} tile={tile} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

export function PrintPage({ index, footer }: { index: Index; footer: ReactNode }) {
  const { providers } = index.page;
  return (
    <div className="on-paper">
      <Top index={index} />
      <main>
        <Headline index={index} />
        <Baseline index={index} />
        <Providers index={index} />
        <Lists index={index} />
        {footer}
        {providers.length > 1 && <PrintedMatrix index={index} provider="" title="all providers, the weakest each" />}
        {providers.map((provider) => (
          <PrintedMatrix key={provider.id} index={index} provider={provider.id} title={provider.name} />
        ))}
      </main>
    </div>
  );
}
