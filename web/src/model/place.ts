// What the reader looks at, as the address' fragment: a link to it opens the same view.
//   #cell=T1530@aws&provider=aws&state=mapped,stale&tactic=TA0003&q=role
import type { State } from '../data/page.ts';
import type { Index } from './index.ts';

export interface Place {
  cell: string; // key of the cell whose drawer is open; '': none
  provider: string; // '': all, the weakest each
  states: State[];
  tactic: string;
  query: string;
}

export const NOWHERE: Place = { cell: '', provider: '', states: [], tactic: '', query: '' };
const MAX_QUERY = 200; // characters; a longer one is no search

// Whoever sends a link writes the fragment: what it names must exist, else it is left out. A
// fragment that is the key of a cell alone (#T1530@aws) opens that cell.
export function parsePlace(fragment: string, index: Index): Place {
  const plain = fragment.replace(/^#/, '');
  const lone = index.cell(plain);
  if (lone !== undefined) return { ...NOWHERE, cell: plain };
  const given = new URLSearchParams(plain);
  const known = (name: string, isKnown: (value: string) => boolean) => {
    const value = given.get(name) ?? '';
    return isKnown(value) ? value : '';
  };
  const states = new Set((given.get('state') ?? '').split(','));
  return {
    cell: known('cell', (key) => index.cell(key) !== undefined),
    provider: known('provider', (id) => index.page.providers.some((provider) => provider.id === id)),
    states: index.page.looks.map((look) => look.state).filter((state) => states.has(state)),
    tactic: known('tactic', (id) => index.page.tactics.some((tactic) => tactic.id === id)),
    query: (given.get('q') ?? '').slice(0, MAX_QUERY),
  };
}

// The inverse; '' for the whole view. '@' and ',' stay readable, as a fragment may hold them
// (RFC 3986, 3.5).
export function formatPlace(place: Place): string {
  const parameters = new URLSearchParams();
  if (place.cell) parameters.set('cell', place.cell);
  if (place.provider) parameters.set('provider', place.provider);
  if (place.states.length > 0) parameters.set('state', place.states.join(','));
  if (place.tactic) parameters.set('tactic', place.tactic);
  if (place.query) parameters.set('q', place.query);
  const text = parameters.toString().replaceAll('%40', '@').replaceAll('%2C', ',');
  return text === '' ? '' : `#${text}`;
}

export const isFiltered = (place: Place) => place.states.length > 0 || place.tactic !== '' || place.query !== '';
