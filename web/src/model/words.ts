// Numbers and cells in words.
import type { Cell } from '../data/page.ts';
import type { Index } from './index.ts';

export const plural = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

// "AWS, Entra ID and Okta"
export const inARow = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

// "22.1 %", as the program prints it; an empty set has no share.
export const percent = (share: number | null) => (share === null ? 'none apply' : `${(100 * share).toFixed(1)} %`);

// How many cells a share is of: shares come as ratios of whole numbers.
export const partOf = (share: number | null, whole: number) => Math.round((share ?? 0) * whole);

export const day = (time: string) => time.slice(0, 10);

// As src/coverage/assess.cc gives them.
const BADGES: Record<string, string> = {
  'one-rule': 'one rule only',
  'broken-rules': 'broken rules',
  'mapped-elsewhere': 'some alerts came only from rules mapped elsewhere',
  'parent-tag-only': 'rules name only the technique above',
  'subtechnique-tag-only': 'rules name only parts of it',
  regressed: 'regressed: it once alerted',
  noisy: 'noisy: alerts on harmless work too',
  late: 'alerts came late',
  'account-gap': 'not all accounts send logs',
};
export const badgeInWords = (badge: string) => (Object.hasOwn(BADGES, badge) ? (BADGES[badge] ?? badge) : badge);

const VERDICTS: Record<string, string> = {
  not_played: 'not played',
  no_telemetry: 'no telemetry',
  no_alert: 'logged, no alert',
  alerted: 'alerted',
  alerted_other: 'alerted only by a rule mapped elsewhere',
  late: 'alerted late',
  also_benign: 'alerted, and on the benign look-alike too',
  error: 'error',
};
export const verdictInWords = (verdict: string) =>
  Object.hasOwn(VERDICTS, verdict) ? (VERDICTS[verdict] ?? verdict) : verdict;

const KINDS: Record<string, string> = {
  synthetic: 'in telemetry that a program made',
  replay: 'in the logs of real attacks',
  live: 'on the estate itself',
};
// "199 in telemetry that a program made"
export const kindsInWords = (kinds: ReadonlyMap<string, number>) =>
  [...kinds].map(([kind, count]) => `${count} ${Object.hasOwn(KINDS, kind) ? KINDS[kind] : kind}`).join(', ');

// What a tile says behind its technique's name: where, state, numbers.
export function stateInWords(index: Index, cell: Cell): string {
  const words = [`${index.providerName(cell.provider)}: ${index.look(cell.state).label}`];
  if (cell.accepted) words.push('risk accepted');
  if (cell.applicable === 'unknown') words.push('not known to apply');
  if (cell.tested > 0) words.push(`${cell.alerted} of ${cell.tested} tested alerted`);
  if (cell.rules.length > 0) words.push(plural(cell.rules.length, 'rule'));
  if (cell.brokenRules.length > 0) words.push(plural(cell.brokenRules.length, 'broken rule'));
  if (cell.fired > 0) words.push(`fired ${plural(cell.fired, 'time')}`);
  return words.join(', ');
}

export const cellInWords = (index: Index, cell: Cell) => `${cell.technique} ${cell.name}, ${stateInWords(index, cell)}`;
