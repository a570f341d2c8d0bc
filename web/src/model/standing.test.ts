import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_LOOKS } from '../data/looks.ts';
import { cell, indexOf, indexOfCells, SAMPLE } from '../testing/sample.ts';
import { phasesOf, standingOf, weakestProvider } from './standing.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyCells = fc.array(
  fc
    .record({
      provider: fc.constantFrom('aws', 'gcp', 'entra'),
      state: fc.constantFrom(...DEFAULT_LOOKS.map((look) => look.state)),
      applicable: fc.constantFrom('yes', 'no', 'unknown'),
      observable: fc.constantFrom('yes', 'partly', 'no', null),
      tactics: fc.subarray(['TA0001', 'TA0003', 'TA0040'], { minLength: 1 }),
      rules: fc.subarray(['a', 'b']),
      mean: share,
      l90: share,
    })
    .map((one) => ({ ...one, l90: Math.min(one.l90, one.mean) })),
  { maxLength: 30 },
);
const indexOfAny = (cells: object[]) =>
  indexOfCells(cells.map((one, at) => cell(`T${at}`, 'aws', 'blind', { ...one })));

test('what is proven alerted, and a bound is under its mean', () => {
  fc.assert(
    fc.property(anyCells, (cells) => {
      const standing = standingOf(indexOfAny(cells).page.cells);
      expect(standing.proven).toBeLessThanOrEqual(standing.alerted);
      expect(standing.alerted).toBeLessThanOrEqual(standing.cells);
      expect(standing.mapped).toBeLessThanOrEqual(standing.cells);
      expect(standing.atLeast ?? 0).toBeLessThanOrEqual((standing.expected ?? 0) + 1e-12);
    }),
  );
});
test('a cell that does not apply, or may not, changes nothing', () => {
  fc.assert(
    fc.property(anyCells, (cells) => {
      const applying = cells.filter((one) => one.applicable === 'yes');
      expect(standingOf(indexOfAny(cells).page.cells)).toEqual(standingOf(indexOfAny(applying).page.cells));
    }),
  );
});
test('every cell is of one phase at least, and of both only by its tactics', () => {
  fc.assert(
    fc.property(anyCells, (cells) => {
      const index = indexOfAny(cells);
      const { access, after } = phasesOf(index);
      const inBoth = index.page.cells.filter(
        (one) => one.applicable === 'yes' && one.tactics.includes('TA0001') && one.tactics.length > 1,
      );
      expect(access.cells + after.cells - inBoth.length).toBe(standingOf(index.page.cells).cells);
    }),
  );
});
test('no other provider is weaker than the weakest', () => {
  fc.assert(
    fc.property(anyCells, (cells) => {
      const index = indexOfAny(cells);
      const weakest = weakestProvider(index);
      if (weakest === undefined) return;
      for (const provider of ['aws', 'gcp', 'entra']) {
        const standing = standingOf(index.page.cells.filter((one) => one.provider === provider));
        if (standing.cells > 0) expect(weakest.standing.expected ?? 0).toBeLessThanOrEqual(standing.expected ?? 0);
      }
    }),
  );
});
test('a cell that no log can show is on paper and in no mean', () => {
  const hidden = cell('T2', 'aws', 'exercised', { observable: 'no', mean: 1, l90: 1, rules: ['r'] });
  const index = indexOfCells([cell('T1', 'aws', 'partial', { mean: 0.5, l90: 0.25 }), hidden]);
  expect(standingOf(index.page.cells)).toEqual({
    cells: 2,
    mapped: 1,
    alerted: 1,
    proven: 0,
    expected: 0.5,
    atLeast: 0.25,
  });
});
test('one cloud alone, or two that are alike, has no weakest', () => {
  expect(weakestProvider(indexOfCells([cell('T1', 'aws', 'blind')]))).toBeUndefined();
  expect(weakestProvider(indexOfCells([cell('T1', 'aws', 'blind'), cell('T1', 'gcp', 'blind')]))).toBeUndefined();
});
test('the sample adds up', () => {
  const index = indexOf(SAMPLE);
  expect(standingOf(index.page.cells)).toEqual({
    cells: 5,
    mapped: 2,
    alerted: 1,
    proven: 0,
    expected: 0.45 / 5,
    atLeast: 0.15000000000000002 / 5,
  });
  expect(weakestProvider(index)?.id).toBe('aws');
});
