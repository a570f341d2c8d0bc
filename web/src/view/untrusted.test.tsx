// @vitest-environment jsdom
// Texts that others wrote stay texts: whatever stands in the data's fields, the elements are the same.
import { cleanup } from '@testing-library/react';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setUp, show } from '../testing/page.tsx';
import { SAMPLE } from '../testing/sample.ts';

setUp();

// Those whose values the page looks up or compares; all else may be any text.
const KEYS = new Set([
  'id',
  'technique',
  'techniques',
  'tactics',
  'provider',
  'state',
  'applicable',
  'rules',
  'rule',
  'parent',
  'verdict',
  'kind',
  'procedure',
  'time',
  'as_of',
  'observable',
]);

const laid = (text: (at: number) => string) => {
  let at = 0;
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
    }
    return typeof value === 'string' && value !== '' && !KEYS.has(key) ? text(at++) : value;
  };
  return walk(SAMPLE, '');
};

// Sorted: lists are in the order of names, which the texts are.
const outline = () =>
  [...document.body.querySelectorAll('*')]
    .map((element) => `${element.localName}.${element.getAttributeNames().sort().join('.')}`)
    .sort()
    .join('\n');

const outlineOf = (text: (at: number) => string, more: object, fragment: string) => {
  show({ ...(laid(text) as object), ...more }, fragment);
  const shape = outline();
  cleanup();
  return shape;
};

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  'javascript:alert(1)',
  '</script><svg onload=alert(1)>',
  '<!--',
  ']]>',
  '\u202e\u0000\ud800',
  '__proto__',
  'constructor',
  '{{7*7}}',
  '%3Cb%3E',
];

test.each([
  ['engineering', '#T1078@aws'],
  ['engineering', '#T1530@aws'],
  ['leadership', ''],
])('the page for %s at %s', { timeout: 120_000 }, (audience, fragment) => {
  const plain = outlineOf((at) => `n${at}`, { audience }, fragment);
  for (const payload of HOSTILE) {
    expect(
      outlineOf((at) => `n${at} ${payload}`, { audience }, fragment),
      payload,
    ).toBe(plain);
  }
  const random = fc.string({ unit: 'binary', minLength: 1 });
  fc.assert(
    fc.property(random, (text) => outlineOf((at) => `n${at} ${text}`, { audience }, fragment) === plain),
    { numRuns: 15 },
  );
});

test('no address of the data becomes a link', () => {
  show(
    laid((at) => `javascript:alert(${at})`),
    '#T1078@aws',
  );
  const targets = [...document.querySelectorAll('[href],[src],[action]')].map(
    (element) => element.getAttribute('href') ?? '',
  );
  expect(targets.every((target) => target.startsWith('#cell='))).toBe(true);
});
