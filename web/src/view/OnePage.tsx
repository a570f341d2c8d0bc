// What leadership reads, on the screen and on one sheet of paper: where we stand, how sure it is, what
// could happen unseen, and what it takes to change that.
import { baselineOf } from '../model/baseline.ts';
import { expectedOf, lead } from '../model/headline.ts';
import type { Index } from '../model/index.ts';
import { standingOf } from '../model/standing.ts';
import { kindsInWords, percent } from '../model/words.ts';
import { Baseline } from './Baseline.tsx';
import { Maker } from './Footer.tsx';
import { Gaps } from './Gaps.tsx';
import { Assumptions, Measures, Top } from './Headline.tsx';
import { Changes, Method, Needs } from './Outlook.tsx';
import { Phases } from './Phases.tsx';

interface Properties {
  number: string;
  title: string;
  note: string;
}

function Figure({ number, title, note }: Properties) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className="number">{number}</dd>
      <dd className="of">{note}</dd>
    </div>
  );
}

// The three numbers that are remembered.
function Figures({ index }: { index: Index }) {
  const baseline = baselineOf(index);
  const expected = expectedOf(index, standingOf(index.page.cells));
  const { plays } = index.page;
  return (
    <dl className="figures">
      {baseline.cells.length > 0 && (
        <Figure
          number={`${baseline.proven} of ${baseline.cells.length}`}
          title="Baseline proven"
          note={`${baseline.mapped} are claimed by a rule`}
        />
      )}
      {expected !== undefined && (
        <Figure
          number={percent(expected.share)}
          title={expected.title === 'Expected' ? 'Chance that a known attack alerts' : 'Risk-weighted coverage'}
          note={expected.of}
        />
      )}
      {plays.procedures > 0 && (
        <Figure
          number={`${plays.alerted} of ${plays.procedures}`}
          title="Attacks played that alerted"
          note={kindsInWords(plays.kinds)}
        />
      )}
    </dl>
  );
}

export function OnePage({ index }: { index: Index }) {
  return (
    <div className="one-page">
      <Top index={index} />
      <main>
        <section aria-label="Where we stand">
          <Figures index={index} />
          <p className="lead">{lead(index)}</p>
          <Measures index={index} />
        </section>
        <div className="pair">
          <Gaps index={index} />
          <Phases index={index} />
        </div>
        <div className="pair">
          <div>
            <Needs index={index} />
            <Changes index={index} />
          </div>
          <Baseline index={index} />
        </div>
        <Method index={index} />
        <Assumptions index={index} />
      </main>
      <footer>
        <Maker index={index} />
      </footer>
    </div>
  );
}
