import { expect, test } from 'vitest';
import { cell, indexOf, indexOfCells, SAMPLE } from '../testing/sample.ts';
import { deedOf, whyUnseen, worstGaps } from './gaps.ts';
import { keyOf } from './index.ts';

const gapsOf = (cells: Record<string, unknown>[], techniques: object[] = []) =>
  worstGaps(indexOfCells(cells, { techniques }), 5).map(keyOf);

test('the core comes first, and of it what was tested and stayed silent', () => {
  expect(worstGaps(indexOf(SAMPLE), 5).map(keyOf)).toEqual(['T1530@aws', 'T1078@gcp', 'T1036.001@aws']);
});
test('where risks are known the greatest that is left comes first', () => {
  const core = { id: 'T2', name: 'two', core: true };
  expect(
    gapsOf([cell('T1', 'aws', 'mapped', { residual: 0.9 }), cell('T2', 'aws', 'failing', { residual: 0.1 })], [core]),
  ).toEqual(['T1@aws', 'T2@aws']);
});
test('what is proven, accepted, not to be seen or not known to apply is no gap', () => {
  expect(
    gapsOf([
      cell('T1', 'aws', 'exercised'),
      cell('T2', 'aws', 'failing', { accepted: true }),
      cell('T3', 'aws', 'blind', { observable: 'no' }),
      cell('T4', 'aws', 'blind', { applicable: 'unknown' }),
    ]),
  ).toEqual([]);
});
test('a technique and its sub-technique are one gap', () => {
  expect(gapsOf([cell('T1', 'aws', 'failing'), cell('T1.001', 'aws', 'failing'), cell('T1', 'gcp', 'blind')])).toEqual([
    'T1@aws',
  ]);
});
test('there are as many as are asked for', () => {
  const many = Array.from({ length: 9 }, (_, at) => cell(`T${at}`, 'aws', 'blind'));
  expect(worstGaps(indexOfCells(many), 5)).toHaveLength(5);
});
test('a gap says why, with its numbers', () => {
  const of = (state: string, more = {}) =>
    indexOfCells([cell('T1', 'aws', state, more)])
      .page.cells.map(whyUnseen)
      .join();
  expect(of('failing', { tested: 1 })).toBe('the one way that was played raised no alert');
  expect(of('failing', { tested: 13 })).toBe('13 ways were played and none raised an alert');
  expect(of('partial', { tested: 4, alerted: 1 })).toBe('1 of 4 ways that were played raised an alert');
  expect(new Set(['mapped', 'stale', 'telemetry', 'blind'].map((state) => of(state))).size).toBe(4);
});
test('a technique without plainer words is named, whatever its id', () => {
  const { cells } = indexOfCells([cell('__proto__', 'aws', 'blind', { name: 'Odd One' })]).page;
  expect(cells.map(deedOf)).toEqual(['use "Odd One"']);
});
