// What is wrong or thin, as lists.
import type { Cell, Rule } from '../data/page.ts';
import type { Index } from './index.ts';

export interface BrokenRuleEntry {
  rule: Rule;
  reasons: string[]; // each once
  cells: Cell[]; // that it names and does not count for
}

// Rules that work nowhere, and those that count nothing in some of the cells they name; the ones
// whose repair wins the most cells first.
export function brokenRules(index: Index): BrokenRuleEntry[] {
  const entries = new Map<string, BrokenRuleEntry>();
  const entryOf = (rule: Rule) => {
    const entry = entries.get(rule.id) ?? { rule, reasons: [], cells: [] };
    entries.set(rule.id, entry);
    return entry;
  };
  for (const rule of index.page.rules) {
    if (rule.broken.length === 0) continue;
    entryOf(rule).reasons.push(...new Set(rule.broken.map((broken) => `${broken.fault}: ${broken.reason}`)));
  }
  for (const cell of index.page.cells) {
    for (const broken of cell.brokenRules) {
      const rule = index.rule(broken.id);
      if (rule === undefined) continue;
      const entry = entryOf(rule);
      entry.cells.push(cell);
      if (rule.broken.length === 0 && !entry.reasons.includes(broken.reason)) entry.reasons.push(broken.reason);
    }
  }
  return [...entries.values()].sort((a, b) => b.cells.length - a.cells.length || compare(a.rule.name, b.rule.name));
}

export interface SingleRuleEntry {
  rule: Rule;
  cells: Cell[];
}

// Cells that would be uncovered if one rule broke, by that rule; the rule on which the most hang
// first.
export function cellsOnOneRule(index: Index): SingleRuleEntry[] {
  const entries = new Map<string, SingleRuleEntry>();
  for (const cell of index.page.cells) {
    const [only, ...others] = cell.rules;
    if (only === undefined || others.length > 0 || cell.applicable !== 'yes') continue;
    const rule = index.rule(only);
    if (rule === undefined) continue;
    const entry = entries.get(only) ?? { rule, cells: [] };
    entry.cells.push(cell);
    entries.set(only, entry);
  }
  return [...entries.values()].sort((a, b) => b.cells.length - a.cells.length || compare(a.rule.name, b.rule.name));
}

export const unmappedRules = (index: Index): Rule[] =>
  index.page.rules.filter((rule) => rule.unmapped !== '').sort((a, b) => compare(a.name, b.name));

const compare = (a: string, b: string) => a.localeCompare(b, 'en');
