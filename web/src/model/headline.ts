// Paper against proven, in numbers and in the one sentence that is quoted.
import type { State } from '../data/page.ts';
import type { Index } from './index.ts';
import { type Standing, standingOf } from './standing.ts';
import { partOf, percent, plural } from './words.ts';

export interface Measure {
  title: string;
  meaning: string;
  share: number | null;
  low: number | null; // the lower end of its interval
  of: string;
  state: State | 'expected'; // whose colour it has
}

function counted(title: string, meaning: string, part: number, whole: number, state: State): Measure {
  const share = whole === 0 ? null : part / whole;
  return { title, meaning, share, low: null, of: `${part} of ${plural(whole, 'cell')}`, state };
}

// Risk-weighted where risks are known; before that the plain mean over the cells.
export function expectedOf(index: Index, standing: Standing): Measure | undefined {
  const risk = index.page.totals.riskWeighted;
  if (risk !== null) {
    const high = risk.high === null ? '100 %' : percent(risk.high);
    const of = risk.low === null ? '' : `${percent(risk.low)} to ${high}`;
    return {
      title: 'Risk-weighted',
      meaning: 'validated, each cell by its risk',
      share: risk.value,
      low: risk.low,
      of,
      state: 'validated',
    };
  }
  if (standing.expected === null) return undefined;
  const of = standing.atLeast === null ? '' : `at least ${percent(standing.atLeast)}, 90 % sure`;
  return {
    title: 'Expected',
    meaning: 'known ways that are likely to alert',
    share: standing.expected,
    low: standing.atLeast,
    of,
    state: 'expected',
  };
}

// Each is a part of the one above it; the last is of another kind.
export function measuresOf(index: Index): Measure[] {
  const { totals } = index.page;
  const standing = standingOf(index.page.cells);
  const visible = totals.cells - totals.unobservable;
  const measures = [
    counted('On paper', 'a working rule names it', partOf(totals.paper, totals.cells), totals.cells, 'mapped'),
    counted('Some alert', 'some of the played ways alerted', standing.alerted, visible, 'partial'),
    counted('Exercised', 'all of the played ways alerted', partOf(totals.exercised, visible), visible, 'exercised'),
    counted('Validated', 'the same, on a real attack too', partOf(totals.validated, visible), visible, 'validated'),
  ];
  const expected = expectedOf(index, standing);
  return expected === undefined ? measures : [...measures, expected];
}

const orNone = (number: number) => (number === 0 ? 'none' : `${number}`);

// It must not promise more than was shown.
export function lead(index: Index): string {
  const { totals, cells } = index.page;
  const visible = totals.cells - totals.unobservable;
  const proven = partOf(totals.exercised, visible);
  const real = partOf(totals.validated, visible);
  const claim = `Of ${totals.cells} techniques, counted on each cloud where they apply, rules claim to see ${partOf(totals.paper, totals.cells)}.`;
  if (!cells.some((cell) => cell.tested > 0)) {
    return `${claim} None of it is proven: no attack has been played against these rules yet.`;
  }
  const untried = cells.filter((cell) => cell.applicable === 'yes' && cell.state === 'mapped').length;
  const seen = `When attacks were played, ${orNone(standingOf(cells).alerted)} raised some alert, and ${orNone(proven)} often enough to count as proven`;
  const onReal = proven === 0 ? '' : `, ${orNone(real)} of them on a real attack`;
  return `${claim} ${seen}${onReal}.${untried === 0 ? '' : ` ${plural(untried, 'claim')} ${untried === 1 ? 'has' : 'have'} not been tried.`}`;
}
