// What an attacker could do without being seen, the worst first, in words that need no catalogue.
import type { Cell, State } from '../data/page.ts';
import type { Index } from './index.ts';
import { PROVEN } from './standing.ts';
import { plural } from './words.ts';

// How much is known to be wrong: a test that stayed silent is worse than one that nobody made.
const ORDER: readonly State[] = ['failing', 'blind', 'telemetry', 'stale', 'mapped', 'partial'];

// A technique stands once, by its worst cell; its parent not beside it, which would say it twice.
export function worstGaps(index: Index, count: number): Cell[] {
  const isCore = (cell: Cell) => index.technique(cell.technique)?.core === true;
  const rank = (cell: Cell): number[] => [
    -(cell.residual ?? 0),
    isCore(cell) ? 0 : 1,
    ORDER.indexOf(cell.state),
    -cell.procedures,
  ];
  const compare = (a: Cell, b: Cell) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((value, place) => value !== right[place]);
    return at < 0 ? (a.technique < b.technique ? -1 : 1) : (left[at] ?? 0) - (right[at] ?? 0);
  };
  const open = index.page.cells.filter(
    (cell) => cell.applicable === 'yes' && !PROVEN.has(cell.state) && cell.observable !== 'no' && !cell.accepted,
  );
  const named = new Set<string>();
  const gaps: Cell[] = [];
  for (const cell of open.sort(compare)) {
    const family = cell.technique.split('.')[0] ?? cell.technique;
    if (named.has(family) || gaps.length === count) continue;
    named.add(family);
    gaps.push(cell);
  }
  return gaps;
}

// The baseline's techniques, as something that an attacker does.
const DEEDS: Record<string, string> = {
  T1078: 'sign in with a stolen or default account',
  T1098: 'change an account, its keys or its rights to stay',
  T1136: 'make an account of their own',
  T1530: 'read data from cloud storage',
  T1537: 'move data to a cloud account of their own',
  T1580: 'look through the infrastructure',
};

// "read data from cloud storage"; the technique's own name where there are no plainer words.
export const deedOf = (cell: Cell): string =>
  Object.hasOwn(DEEDS, cell.technique) ? (DEEDS[cell.technique] ?? cell.name) : `use "${cell.name}"`;

// What is known of why it would not be seen.
export function whyUnseen(cell: Cell): string {
  const ways = plural(cell.tested, 'way');
  switch (cell.state) {
    case 'failing':
      return cell.tested === 1
        ? 'the one way that was played raised no alert'
        : `${ways} were played and none raised an alert`;
    case 'partial':
      return `${cell.alerted} of ${ways} that were played raised an alert`;
    case 'mapped':
      return 'a rule claims to see it, and nobody has tried';
    case 'stale':
      return 'it was seen once, and no test is fresh';
    case 'telemetry':
      return 'its logs arrive, and no working rule looks for it';
    default:
      return 'neither logs of it arrive nor does a rule look for it';
  }
}
