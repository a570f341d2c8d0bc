// The baseline: the core techniques that come before all others. Proven is what was at least
// exercised (coverage-model, "baseline").
import type { Cell } from '../data/page.ts';
import type { Index } from './index.ts';
import { PROVEN } from './standing.ts';

export interface Baseline {
  cells: Cell[]; // that apply, by technique
  mapped: number;
  proven: number;
}

export function baselineOf(index: Index): Baseline {
  const cells = index.page.techniques
    .filter((technique) => technique.core)
    .flatMap((technique) => index.cellsOf(technique.id))
    .filter((cell) => cell.applicable === 'yes');
  return {
    cells,
    mapped: cells.filter((cell) => cell.rules.length > 0).length,
    proven: cells.filter((cell) => PROVEN.has(cell.state)).length,
  };
}
