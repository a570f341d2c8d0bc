import type { State } from '../data/page.ts';
import type { Index } from '../model/index.ts';
import { partOf, percent } from '../model/words.ts';
import { StatesBar } from './Bar.tsx';
import { ScrollBox } from './ScrollBox.tsx';

// A bar of states a provider, the clouds below each other to be compared.
export function Providers({ index }: { index: Index }) {
  const { providers, totals } = index.page;
  return (
    <section aria-labelledby="providers">
      <h2 id="providers">By provider</h2>
      <ScrollBox labelledBy="providers">
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">Provider</th>
              <th scope="col">States of its cells</th>
              <th scope="col">Paper</th>
              <th scope="col">Exercised</th>
              <th scope="col">Validated</th>
              <th scope="col">Cells</th>
              <th scope="col">Unknown</th>
              <th scope="col">Logs that arrive</th>
            </tr>
          </thead>
          <tbody>
            {providers.map((provider) => {
              const tally = totals.byProvider.get(provider.id);
              if (tally === undefined) return null;
              const states = new Map(Object.entries(tally.states)) as Map<State, number>;
              const share = (value: number | null) => (
                <td className="n">
                  {percent(value)} <span className="soft">({partOf(value, tally.cells)})</span>
                </td>
              );
              return (
                <tr key={provider.id}>
                  <th scope="row">{provider.name}</th>
                  <td className="wide">
                    <StatesBar index={index} states={states} whole={tally.cells} name={provider.name} />
                  </td>
                  {share(tally.paper)}
                  {share(tally.exercised)}
                  {share(tally.validated)}
                  <td className="n">{tally.cells}</td>
                  <td className="n">{tally.unknown}</td>
                  <td className="logs">{provider.logSources.join(', ') || 'none'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
