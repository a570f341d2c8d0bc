import { expect, test } from 'vitest';
import { cell, indexOf, indexOfCells, SAMPLE } from '../testing/sample.ts';
import { needsOf } from './needs.ts';

test('what is cheapest comes first, with how much it wins', () => {
  expect(needsOf(indexOf(SAMPLE))).toEqual([
    { deed: 'Repair 1 broken rule', wins: '1 cell that they name count again' },
    { deed: 'Write or mend rules for T1530', wins: '1 cell of the baseline that nothing alerts on' },
    {
      deed: 'Widen the rules that saw some ways and missed others',
      wins: '1 cell that alerted in part would be proven',
    },
    expect.objectContaining({ deed: 'Play attacks on Google Cloud' }),
    { deed: 'Switch on the logs that are missing', wins: '1 cell that nobody could look into' },
    expect.objectContaining({ deed: 'Replay the logs of real attacks, or carry some out' }),
  ]);
});
test('where all is validated nothing is needed', () => {
  expect(needsOf(indexOfCells([cell('T1', 'aws', 'validated', { rules: ['r'] })]))).toEqual([]);
});
test('clouds to play on are named in a row, each once', () => {
  const cells = ['aws', 'gcp', 'okta', 'aws'].map((provider, at) =>
    cell(`T${at}`, provider, 'mapped', { rules: ['r'] }),
  );
  expect(needsOf(indexOfCells(cells)).map((need) => need.deed)).toEqual(['Play attacks on aws, gcp and okta']);
});
test('an empty page needs nothing that is known', () => {
  expect(needsOf(indexOf({}))).toEqual([]);
});
