import { baselineOf } from '../model/baseline.ts';
import { lead, type Measure, measuresOf } from '../model/headline.ts';
import type { Index } from '../model/index.ts';
import { day, percent } from '../model/words.ts';
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

function MeasureLine({ measure }: { measure: Measure }) {
  const number = percent(measure.share);
  return (
    <div className="measure">
      <dt>
        {measure.title} <span>{measure.meaning}</span>
      </dt>
      <dd className="number">{number}</dd>
      <dd className="drawn">
        <ShareBar
          share={measure.share ?? 0}
          low={measure.low}
          state={measure.state}
          label={`${measure.title}: ${number}`}
        />
      </dd>
      <dd className="of">{measure.of}</dd>
    </div>
  );
}

// With one scale for all.
export function Measures({ index }: { index: Index }) {
  return (
    <dl className="measures">
      {measuresOf(index).map((measure) => (
        <MeasureLine key={measure.title} measure={measure} />
      ))}
    </dl>
  );
}

export function Assumptions({ index }: { index: Index }) {
  const { assumptions } = index.page;
  if (assumptions.length === 0) return null;
  return (
    <div className="assumed">
      <h2>Taken for granted</h2>
      <ul>
        {assumptions.map((assumption) => (
          <li key={assumption}>{assumption}</li>
        ))}
      </ul>
    </div>
  );
}

export function Headline({ index }: { index: Index }) {
  return (
    <section aria-label="Paper against proven" className="headline">
      <BaselineLine index={index} />
      <p className="lead">{lead(index)}</p>
      <Measures index={index} />
      <Assumptions index={index} />
    </section>
  );
}
