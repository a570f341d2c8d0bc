// What attackers write, and how it is laid into every field of the page's data.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const OWN = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus=alert(1) autofocus='",
  'javascript:alert(1)',
  '<svg onload=alert(1)>',
  '<style>*{display:none}</style>',
  '<base href=//example.com>',
  '{{7*7}}',
  '</title><b>',
  '\u202e<b>',
  '&lt;b&gt;',
  ']]><x>',
  '__proto__',
];

// Our own, and with them the corpora where they lie beside the checkout; says which are missing.
export function payloads(shared) {
  const all = [...OWN];
  const corpora = {
    'xss-payloads/Intruder/xss-payload-list.txt': (text) => text.split('\n').filter(Boolean),
    'naughty-strings/blns.json': (text) => JSON.parse(text).filter((one) => one.trim()),
  };
  for (const [name, read] of Object.entries(corpora)) {
    const file = join(shared, 'data/corpora', name);
    if (existsSync(file)) all.push(...read(readFileSync(file, 'utf8')));
    else console.log(`  without ${name}: not beside the checkout`);
  }
  return all;
}

// The few cells, rules and techniques that show each part of the page, so that it is quick to draw.
export function small(page, cell) {
  const rank = (one) =>
    `${one.technique}@${one.provider}` === cell ? 0 : one.broken_rules.length > 0 ? 1 : one.rules.length > 0 ? 2 : 3;
  const cells = [...page.coverage.cells].sort((a, b) => rank(a) - rank(b)).slice(0, 8);
  const used = new Set(cells.flatMap((one) => [...one.rules, ...one.broken_rules.map((broken) => broken.id)]));
  const rules = page.coverage.rules.filter((rule) => used.has(rule.id) || rule.unmapped);
  const techniques = page.techniques.filter(({ id }) =>
    cells.some((one) => one.technique === id || one.technique.startsWith(`${id}.`)),
  );
  const coverage = { ...page.coverage, cells, rules, assumptions: ['what is taken for granted'] };
  return { ...page, techniques, coverage, details: { [cell]: page.details[cell] } };
}

// Words of the schema, times and colours: any other value is no text but another meaning.
const WORDS = new Set([
  'schema',
  'audience',
  'state',
  'applicable',
  'observable',
  'verdict',
  'outcome',
  'fault',
  'fill',
  'text_color',
  'as_of',
  'time',
]);
const isWord = (owner, key, value) =>
  WORDS.has(key) ||
  (key === 'kind' && owner === 'evidence') ||
  (owner === 'states' && (key === 'text' || key === 'glyph')) ||
  value === '';
// The members of these are named by ids.
const BY_ID = new Set(['details', 'by_provider', 'by_tactic']);

// `page` with `suffix` behind every text, ids too: those that were alike still are.
export function withSuffix(page, suffix) {
  const renamed = (name) =>
    name
      .split('@')
      .map((part) => part + suffix)
      .join('@');
  const walk = (value, key, owner) => {
    if (Array.isArray(value)) return value.map((item) => walk(item, key, owner));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [BY_ID.has(key) ? renamed(name) : name, walk(item, name, key)]),
      );
    }
    return typeof value === 'string' && !isWord(owner, key, value) ? value + suffix : value;
  };
  return walk(page, '', '');
}
