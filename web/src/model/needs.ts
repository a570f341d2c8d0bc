// What would turn claims into proof, the cheapest first. Numbers of cells, as no effort is known.
import type { Cell, State } from '../data/page.ts';
import { baselineOf } from './baseline.ts';
import type { Index } from './index.ts';
import { brokenRules } from './lists.ts';
import { PROVEN } from './standing.ts';
import { inARow, plural } from './words.ts';

export interface Need {
  deed: string;
  wins: string;
}

const inState = (index: Index, state: State): Cell[] =>
  index.page.cells.filter((cell) => cell.applicable === 'yes' && cell.state === state);

function repairs(index: Index): Need[] {
  const broken = brokenRules(index);
  const cells = new Set(broken.flatMap((entry) => entry.cells));
  if (cells.size === 0) return [];
  return [
    {
      deed: `Repair ${plural(broken.length, 'broken rule')}`,
      wins: `${plural(cells.size, 'cell')} that they name count again`,
    },
  ];
}

function plays(index: Index): Need[] {
  const untested = [...inState(index, 'mapped'), ...inState(index, 'stale')];
  if (untested.length === 0) return [];
  const providers = [...new Set(untested.map((cell) => index.providerName(cell.provider)))];
  return [
    {
      deed: `Play attacks on ${inARow(providers)}`,
      wins: `${plural(untested.length, 'claim')} that no fresh test stands behind become proof, or are found out`,
    },
  ];
}

function baseline(index: Index): Need[] {
  const { cells } = baselineOf(index);
  const silent = cells.filter((cell) => cell.state === 'failing' || cell.rules.length === 0);
  if (silent.length === 0) return [];
  const names = [...new Set(silent.map((cell) => cell.technique))];
  return [
    {
      deed: `Write or mend rules for ${inARow(names)}`,
      wins: `${plural(silent.length, 'cell')} of the baseline that nothing alerts on`,
    },
  ];
}

function widening(index: Index): Need[] {
  const partial = inState(index, 'partial');
  if (partial.length === 0) return [];
  return [
    {
      deed: 'Widen the rules that saw some ways and missed others',
      wins: `${plural(partial.length, 'cell')} that alerted in part would be proven`,
    },
  ];
}

function logs(index: Index): Need[] {
  const blind = inState(index, 'blind');
  if (blind.length === 0) return [];
  return [
    {
      deed: 'Switch on the logs that are missing',
      wins: `${plural(blind.length, 'cell')} that nobody could look into`,
    },
  ];
}

function realAttacks(index: Index): Need[] {
  const isAnyReal = index.page.cells.some((cell) => cell.state === 'validated');
  const isAnyProven = index.page.cells.some((cell) => PROVEN.has(cell.state) || cell.state === 'partial');
  if (isAnyReal || !isAnyProven) return [];
  return [
    {
      deed: 'Replay the logs of real attacks, or carry some out',
      wins: 'nothing counts as validated before; made telemetry shows only what its maker thought of',
    },
  ];
}

export const needsOf = (index: Index): Need[] => [
  ...repairs(index),
  ...baseline(index),
  ...widening(index),
  ...plays(index),
  ...logs(index),
  ...realAttacks(index),
];
