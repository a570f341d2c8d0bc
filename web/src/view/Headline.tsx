import type { State } from '../data/page.ts';
import { baselineOf } from '../model/baseline.ts';
import type { Index } from '../model/index.ts';
import { day, partOf, percent, plural } from '../model/words.ts';
import { ShareBar } from './Bar.tsx';

// Whose coverage, of what, when: what a printed page must say too.
export function Top({ index }: { index: Index }) {
  const { page } = index;
  return (
    <header className="top">
      <h1>{page.organisation ? `${page.organisation}: detection coverage` : 'Detection coverage of the cloud'}</h1>
      <p className="meta">
        {page.providers.map((provider) => provider.name).join(', ')} · MITRE ATT&amp;CK {page.attackVersion} ·{' '}
        {day(page.asOf)}
      </p>
    </header>
  );
}

interface Measure {
  title: string;
  meaning: string;
  share: number | null;
  of: string;
  state: State;
}

function measuresOf(index: Index): Measure[] {
  const { totals } = index.page;
  const of = (share: number | null) => `${partOf(share, totals.cells)} of ${plural(totals.cells, 'cell')}`;
  const measures: Measure[] = [
    {
      title: 'On paper',
      meaning: 'a working rule names it',
      share: totals.paper,
      of: of(totals.paper),
      state: 'mapped',
    },
    {
      title: 'Exercised',
      meaning: 'an alert was seen, on made telemetry or better',
      share: totals.exercised,
      of: of(totals.exercised),
      state: 'exercised',
    },
    {
      title: 'Validated',
      meaning: 'an alert was seen on a real attack',
      share: totals.validated,
      of: of(totals.validated),
      state: 'validated',
    },
  ];
  const risk = totals.riskWeighted;
  if (risk !== null) {
    const interval =
      risk.low === null ? '' : `${percent(risk.low)} to ${risk.high === null ? '100 %' : percent(risk.high)}`;
    measures.push({
      title: 'Risk-weighted',
      meaning: 'validated, each cell by its risk',
      share: risk.value,
      of: interval,
      state: 'validated',
    });
  }
  return measures;
}

// The one sentence that is quoted; it must not promise more than was shown.
function lead(index: Index): string {
  const { totals } = index.page;
  const [paper, exercised, validated] = [totals.paper, totals.exercised, totals.validated].map((share) =>
    partOf(share, totals.cells),
  ) as [number, number, number];
  const claim = `Rules claim ${paper} of the ${totals.cells} technique-on-a-provider cells that apply`;
  const gap = paper - exercised;
  if (!index.page.cells.some((cell) => cell.tested > 0)) {
    return `${claim}. None of it is proven: no attack has been played against these rules yet.`;
  }
  return `${claim}; ${exercised} raised an alert when the attack was played, ${validated} of them on a real attack. ${
    gap > 0 ? `${plural(gap, 'claim')} ${gap === 1 ? 'is' : 'are'} still only paper.` : ''
  }`;
}

function BaselineLine({ index }: { index: Index }) {
  const baseline = baselineOf(index);
  const whole = baseline.cells.length;
  if (whole === 0) return null;
  return (
    <p className={baseline.proven < whole ? 'baseline open' : 'baseline'}>
      <strong>
        Baseline: {baseline.proven} of {whole} proven
      </strong>
      <span>
        {baseline.mapped} of {whole} claimed by a working rule
      </span>
    </p>
  );
}

// Paper against proven, with one scale for all.
export function Headline({ index }: { index: Index }) {
  const { assumptions } = index.page;
  return (
    <section aria-label="Paper against proven" className="headline">
      <BaselineLine index={index} />
      <p className="lead">{lead(index)}</p>
      <dl className="measures">
        {measuresOf(index).map((measure) => (
          <div key={measure.title} className="measure">
            <dt>
              {measure.title} <span>{measure.meaning}</span>
            </dt>
            <dd className="number">{percent(measure.share)}</dd>
            <dd className="drawn">
              <ShareBar
                share={measure.share ?? 0}
                state={measure.state}
                label={`${measure.title}: ${percent(measure.share)}`}
              />
            </dd>
            <dd className="of">{measure.of}</dd>
          </div>
        ))}
      </dl>
      {assumptions.length > 0 && (
        <div className="assumed">
          <h2>Taken for granted</h2>
          <ul>
            {assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
