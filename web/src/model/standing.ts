// Sums over cells that the program does not write down: how many alerted at all, and how likely a
// known way is to alert. Of each cell they take the program's own numbers.
import type { Cell, State } from '../data/page.ts';
import type { Index } from './index.ts';

export const PROVEN: ReadonlySet<State> = new Set<State>(['validated', 'exercised']);

export interface Standing {
  cells: number; // that are known to apply
  mapped: number; // with a working rule
  alerted: number; // in some of their tests at least; proven ones are among them
  proven: number;
  expected: number | null; // mean of the cells' C; null where there is none to take it of
  atLeast: number | null; // mean of their L90(C): the L90 of the mean, if all fail for a common cause
}

const mean = (values: number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const known = (values: (number | null)[]): number[] => values.filter((value) => value !== null);

// Cells that no log can show have no chance and are in no mean (coverage-model, "observable").
export function standingOf(cells: readonly Cell[]): Standing {
  const applicable = cells.filter((cell) => cell.applicable === 'yes');
  const visible = applicable.filter((cell) => cell.observable !== 'no');
  return {
    cells: applicable.length,
    mapped: applicable.filter((cell) => cell.rules.length > 0).length,
    alerted: visible.filter((cell) => cell.state === 'partial' || PROVEN.has(cell.state)).length,
    proven: visible.filter((cell) => PROVEN.has(cell.state)).length,
    expected: mean(known(visible.map((cell) => cell.mean))),
    atLeast: mean(known(visible.map((cell) => cell.l90))),
  };
}

// Reconnaissance, Resource Development, Initial Access: before the attacker is in.
const BEFORE: ReadonlySet<string> = new Set(['TA0043', 'TA0042', 'TA0001']);

export interface Phases {
  access: Standing;
  after: Standing;
}

// A technique of both phases counts in both.
export function phasesOf(index: Index): Phases {
  const { cells } = index.page;
  return {
    access: standingOf(cells.filter((cell) => cell.tactics.some((tactic) => BEFORE.has(tactic)))),
    after: standingOf(cells.filter((cell) => cell.tactics.some((tactic) => !BEFORE.has(tactic)))),
  };
}

export interface ProviderStanding {
  id: string;
  name: string;
  standing: Standing;
}

// In the order of the page's providers, those with a cell that applies.
export function standingByProvider(index: Index): ProviderStanding[] {
  return index.page.providers
    .map(({ id, name }) => ({
      id,
      name,
      standing: standingOf(index.page.cells.filter((cell) => cell.provider === id)),
    }))
    .filter(({ standing }) => standing.cells > 0);
}

// The one where an attack is the least likely to alert; undefined where there is nothing to compare
// or all are alike.
export function weakestProvider(index: Index): ProviderStanding | undefined {
  const share = ({ standing }: ProviderStanding) => [
    standing.expected ?? 0,
    standing.proven / standing.cells,
    standing.mapped / standing.cells,
  ];
  const order = (a: ProviderStanding, b: ProviderStanding) => {
    const [left, right] = [share(a), share(b)];
    const at = left.findIndex((value, place) => value !== right[place]);
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  };
  const [first, second] = standingByProvider(index).sort(order);
  return first === undefined || second === undefined || order(first, second) === 0 ? undefined : first;
}
