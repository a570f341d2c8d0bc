// Which cells the reader wants to see.
import type { Cell, State } from '../data/page.ts';
import type { Index } from './index.ts';

export interface Filter {
  states: ReadonlySet<State>; // empty: all
  tactic: string; // '': all
  query: string;
}

// Every word of the query must stand in the cell's ids, names or rules; the order of words and
// their case are of no matter.
function matchesQuery(index: Index, cell: Cell, query: string): boolean {
  const words = query.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const technique = index.technique(cell.technique);
  const rules = [...cell.rules, ...cell.brokenRules.map((broken) => broken.id)];
  const text = [
    cell.technique,
    cell.name,
    technique?.parentName,
    cell.provider,
    index.providerName(cell.provider),
    ...cell.badges,
    ...rules.flatMap((id) => [id, index.rule(id)?.name, ...(index.rule(id)?.logSources ?? [])]),
  ]
    .join('\n')
    .toLocaleLowerCase('en');
  return words.every((word) => text.includes(word));
}

// The tactic is no matter of the cell alone (a technique stands in each of its tactics); the matrix
// leaves other columns out.
export function matches(index: Index, cell: Cell, filter: Filter): boolean {
  if (filter.states.size > 0 && !filter.states.has(cell.state)) return false;
  return matchesQuery(index, cell, filter.query);
}
