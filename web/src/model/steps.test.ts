import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row, Tile } from './matrix.ts';
import { MatrixSteps } from './steps.ts';

const tile = (key: string): Tile => ({
  key,
  technique: key,
  name: key,
  isSub: false,
  isContext: false,
  cell: undefined,
});

// Any rows of one width, with empty places anywhere; keys are "row,column".
const anyRows: fc.Arbitrary<Row[]> = fc
  .record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 6 }) })
  .chain(({ height, width }) =>
    fc.array(fc.array(fc.boolean(), { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )
  .map((places) =>
    places.map((row, at) => ({
      key: `row-${at}`,
      heading: undefined,
      cells: row.map((isTile, column) => (isTile ? tile(`${at},${column}`) : undefined)),
    })),
  );

const spots = (rows: Row[]) =>
  rows.flatMap((row, at) =>
    row.cells.flatMap((one, column) => (one === undefined ? [] : [{ row: at, column, key: one.key }])),
  );

type Spot = ReturnType<typeof spots>[number];
// The nearest that lies in the direction, found by looking at every place there is.
const nearest = (rows: Row[], isThere: (spot: Spot) => boolean, distance: (spot: Spot) => number) =>
  spots(rows)
    .filter(isThere)
    .sort((a, b) => distance(a) - distance(b))[0]?.key ?? null;

describe('an arrow goes to the nearest tile in its direction, past empty places', () => {
  test('whatever the rows', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const steps = new MatrixSteps(rows);
        for (const { key, row, column } of spots(rows)) {
          expect(steps.getKeyBelow(key)).toBe(
            nearest(
              rows,
              (to) => to.column === column && to.row > row,
              (to) => to.row,
            ),
          );
          expect(steps.getKeyAbove(key)).toBe(
            nearest(
              rows,
              (to) => to.column === column && to.row < row,
              (to) => -to.row,
            ),
          );
          expect(steps.getKeyRightOf(key)).toBe(
            nearest(
              rows,
              (to) => to.row === row && to.column > column,
              (to) => to.column,
            ),
          );
          expect(steps.getKeyLeftOf(key)).toBe(
            nearest(
              rows,
              (to) => to.row === row && to.column < column,
              (to) => -to.column,
            ),
          );
        }
      }),
    );
  });
});
test('Home and End are the first and last tile of the row, or of all', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const steps = new MatrixSteps(rows);
      const all = spots(rows);
      for (const { key, row } of all) {
        const inRow = all.filter((spot) => spot.row === row);
        expect([steps.getFirstKey(key), steps.getLastKey(key)]).toEqual([inRow[0]?.key, inRow.at(-1)?.key]);
        expect([steps.getFirstKey(key, true), steps.getLastKey(key, true)]).toEqual([all[0]?.key, all.at(-1)?.key]);
      }
    }),
  );
});
test('a page is eight tiles, or as many as there are', () => {
  const rows = Array.from({ length: 11 }, (_, at) => ({
    key: `row-${at}`,
    heading: undefined,
    cells: [tile(`${at}`)],
  }));
  const steps = new MatrixSteps(rows);
  expect([steps.getKeyPageBelow('0'), steps.getKeyPageBelow('5'), steps.getKeyPageAbove('10')]).toEqual([
    '8',
    '10',
    '2',
  ]);
});
test('letters find the next tile that begins so, and go round', () => {
  const rows = [{ key: 'row', heading: undefined, cells: ['Alpha', 'Beta', 'alpine'].map(tile) }];
  const steps = new MatrixSteps(rows);
  expect(steps.getKeyForSearch('b', 'Alpha')).toBe('Beta');
  expect(steps.getKeyForSearch('alp', 'Beta')).toBe('alpine');
  expect(steps.getKeyForSearch('alph', 'alpine')).toBe('Alpha');
  expect(steps.getKeyForSearch('x', 'Alpha')).toBeNull();
});
test('a key that is not there leads nowhere', () => {
  expect(new MatrixSteps([]).getKeyBelow('x')).toBeNull();
  expect(new MatrixSteps([]).getFirstKey('x')).toBeNull();
});
