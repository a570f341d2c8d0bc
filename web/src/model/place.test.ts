import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPage } from '../data/read.ts';
import { baselineOf } from './baseline.ts';
import { Index } from './index.ts';
import { matrixOf, wideRows } from './matrix.ts';
import { formatPlace, NOWHERE, parsePlace } from './place.ts';
import { MatrixSteps } from './steps.ts';

const cell = (technique: string, provider: string, state: string, rules: string[] = []) => ({
  technique,
  name: technique,
  tactics: ['TA0001'],
  provider,
  applicable: 'yes',
  state,
  rules,
});
const index = new Index(
  readPage({
    tactics: [{ id: 'TA0001', name: 'Initial Access' }],
    techniques: [
      { id: 'T1078', name: 'Valid Accounts', core: true },
      { id: 'T1078.004', name: 'Cloud', parent: 'T1078' },
    ],
    providers: [
      { id: 'aws', name: 'AWS' },
      { id: 'gcp', name: 'Google' },
    ],
    coverage: {
      cells: [
        cell('T1078', 'aws', 'exercised', ['r']),
        cell('T1078', 'gcp', 'failing'),
        cell('T1078.004', 'aws', 'mapped', ['r']),
      ],
    },
  }),
);

test('the combined map shows the weakest provider', () => {
  expect(index.weakest('T1078')?.provider).toBe('gcp');
});
test('an exercised cell of the core is proven, a failing one is not', () => {
  expect(baselineOf(index)).toMatchObject({ proven: 1, mapped: 1 });
});
test('a parent stays as context of a sub-technique that matches', () => {
  const { columns, shown } = matrixOf(index, 'aws', { states: new Set(['mapped'] as const), tactic: '', query: '' });
  expect(columns[0]?.tiles.map((tile) => tile.isContext)).toEqual([true, false]);
  expect(shown).toBe(1);
});
test('arrows pass the tiles of a column and stop at its end', () => {
  const { columns } = matrixOf(index, 'aws', { states: new Set(), tactic: '', query: '' });
  const steps = new MatrixSteps(wideRows(columns));
  expect(steps.getKeyBelow('TA0001/T1078')).toBe('TA0001/T1078.004');
  expect(steps.getKeyBelow('TA0001/T1078.004')).toBeNull();
});
test('a place survives its link', () => {
  const place = { ...NOWHERE, cell: 'T1078@aws', provider: 'gcp', states: ['mapped' as const], query: 'a&b=c#d' };
  expect(parsePlace(formatPlace(place), index)).toEqual(place);
});
test('what a link makes up is left out', () => {
  expect(parsePlace('#cell=<img>&provider=x&state=y&tactic=z', index)).toEqual(NOWHERE);
});
test('no JSON value breaks the reader', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      (value) => void new Index(readPage({ coverage: value, details: value, states: value, techniques: value })),
    ),
  );
});
