// Where it is thin: by what the attacker is at, and by cloud.
import type { Index } from '../model/index.ts';
import { phasesOf, type Standing, standingByProvider, weakestProvider } from '../model/standing.ts';
import { percent, plural } from '../model/words.ts';
import { ShareBar } from './Bar.tsx';
import { ScrollBox } from './ScrollBox.tsx';

const shareOf = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function Line({ title, isWeakest = false, standing }: { title: string; isWeakest?: boolean; standing: Standing }) {
  const { cells, mapped, alerted, proven, expected } = standing;
  return (
    <tr>
      <th scope="row">
        {title}
        <span className="of">
          {isWeakest && <strong className="bad">weakest, </strong>}
          {plural(cells, 'cell')}
        </span>
      </th>
      <td className="wide">
        <ShareBar share={shareOf(mapped, cells)} state="mapped" label={`${title}: ${mapped} of ${cells} on paper`} />
        <ShareBar share={shareOf(alerted, cells)} state="partial" label={`${title}: ${alerted} with some alert`} />
        <ShareBar share={shareOf(proven, cells)} state="validated" label={`${title}: ${proven} proven`} />
      </td>
      <td className="n">{mapped}</td>
      <td className="n">{alerted}</td>
      <td className="n">{proven}</td>
      <td className="n">{expected === null ? '' : percent(expected)}</td>
    </tr>
  );
}

export function Phases({ index }: { index: Index }) {
  const { access, after } = phasesOf(index);
  const weakest = weakestProvider(index);
  return (
    <section aria-labelledby="phases">
      <h2 id="phases">Where it is thin</h2>
      <ScrollBox labelledBy="phases">
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">
                <span className="hidden">As bars</span>
              </th>
              <th scope="col">Paper</th>
              <th scope="col">Some alert</th>
              <th scope="col">Proven</th>
              <th scope="col">Expected</th>
            </tr>
          </thead>
          <tbody>
            <Line title="Getting in" standing={access} />
            <Line title="Once inside" standing={after} />
          </tbody>
          <tbody>
            {standingByProvider(index).map(({ id, name, standing }) => (
              <Line key={id} title={name} isWeakest={id === weakest?.id} standing={standing} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
