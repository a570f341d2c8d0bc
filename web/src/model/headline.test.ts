import { expect, test } from 'vitest';
import { cell, indexOf, indexOfCells, SAMPLE } from '../testing/sample.ts';
import { lead, measuresOf } from './headline.ts';

const totals = (more: object) => ({ paper: 1, exercised: 0, validated: 0, cells: 2, mapped: 2, ...more });
const page = (cells: object[], more: object) => indexOf({ coverage: { cells, totals: totals(more) } });

test('some alerts are not called none', () => {
  expect(lead(indexOf(SAMPLE))).toBe(
    'Of 5 techniques, counted on each cloud where they apply, rules claim to see 2. When attacks were played, 1 raised some alert, and none often enough to count as proven. 1 claim has not been tried.',
  );
});
test('without a play nothing is said of alerts', () => {
  expect(lead(page([cell('T1', 'aws', 'mapped'), cell('T2', 'aws', 'mapped')], {}))).toContain(
    'no attack has been played',
  );
});
test('what was proven in made telemetry alone is not called a real attack', () => {
  const exercised = cell('T1', 'aws', 'exercised', { tested: 3, alerted: 3 });
  expect(lead(page([exercised, cell('T2', 'aws', 'failing', { tested: 1 })], { exercised: 0.5 }))).toContain(
    '1 often enough to count as proven, none of them on a real attack.',
  );
});
test('a share of proof is over what logs can show', () => {
  const hidden = cell('T2', 'aws', 'mapped', { observable: 'no' });
  const measures = measuresOf(
    page([cell('T1', 'aws', 'exercised', { tested: 3 }), hidden], { exercised: 1, unobservable: 1 }),
  );
  expect(measures.map(({ title, of }) => [title, of]).slice(0, 3)).toEqual([
    ['On paper', '2 of 2 cells'],
    ['Some alert', '1 of 1 cell'],
    ['Exercised', '1 of 1 cell'],
  ]);
});
test('the interval stands beside what is expected, and gives way to the risk-weighted one', () => {
  const cells = [cell('T1', 'aws', 'mapped', { mean: 0.5, l90: 0.1 })];
  expect(measuresOf(page(cells, {})).at(-1)).toMatchObject({
    title: 'Expected',
    share: 0.5,
    low: 0.1,
    of: 'at least 10.0 %, 90 % sure',
  });
  const risk = { risk_weighted_validated: { value: 0.3, low: 0.2, high: 0.4 } };
  expect(measuresOf(page(cells, risk)).at(-1)).toMatchObject({
    title: 'Risk-weighted',
    low: 0.2,
    of: '20.0 % to 40.0 %',
  });
});
test('over nothing there are no shares', () => {
  expect(measuresOf(indexOfCells([])).map(({ share }) => share)).toEqual([null, null, null, null]);
});
