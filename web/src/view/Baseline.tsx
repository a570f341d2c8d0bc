import type { Cell, Technique } from '../data/page.ts';
import { baselineOf } from '../model/baseline.ts';
import { cellKey, type Index } from '../model/index.ts';
import { cellInWords } from '../model/words.ts';
import { CellLink } from './CellLink.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { StateMark } from './StateMark.tsx';

function CoreCell({ index, cell }: { index: Index; cell: Cell | undefined }) {
  if (cell === undefined || cell.applicable === 'no') {
    return (
      <td className="soft">
        <span aria-hidden="true">n/a</span>
        <span className="hidden">does not apply</span>
      </td>
    );
  }
  return (
    <td>
      <CellLink cell={cell} title={cellInWords(index, cell)}>
        <StateMark index={index} state={cell.state}>
          {cell.applicable === 'unknown' && ' ?'}
        </StateMark>
      </CellLink>
      {cell.applicable === 'unknown' && <span className="hidden">not known to apply</span>}
    </td>
  );
}

// The core techniques, a row each, the providers beside each other.
export function Baseline({ index }: { index: Index }) {
  const applies = new Set(baselineOf(index).cells.map((cell) => cell.technique));
  const core: Technique[] = index.page.techniques.filter((technique) => technique.core && applies.has(technique.id));
  if (core.length === 0) return null;
  const providers = index.page.providers;
  return (
    <section aria-labelledby="baseline">
      <h2 id="baseline">The baseline</h2>
      <p className="note">
        What comes before all else, on every provider where it applies. Proven means exercised or validated; with a
        question mark it is not known to apply, and not counted.
      </p>
      <ScrollBox labelledBy="baseline">
        <table>
          <thead>
            <tr>
              <th scope="col">Technique</th>
              {providers.map((provider) => (
                <th key={provider.id} scope="col">
                  {provider.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {core.map((technique) => (
              <tr key={technique.id}>
                <th scope="row">
                  <code>{technique.id}</code> {technique.name}
                </th>
                {providers.map((provider) => (
                  <CoreCell key={provider.id} index={index} cell={index.cell(cellKey(technique.id, provider.id))} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
