// The data of the page: docs/schemas/page.json, as src/report/page_data.cc writes it.
//
// Members are only added within a version of the schema, and an older program's file may lack some;
// so everything that is read here has a default, and a page without evidence is a whole page.

export type State =
  | 'validated'
  | 'exercised'
  | 'partial'
  | 'stale'
  | 'mapped'
  | 'telemetry'
  | 'failing'
  | 'blind'
  | 'not_applicable';

export interface BrokenRule {
  id: string;
  reason: string;
}

export interface Cell {
  technique: string;
  name: string;
  tactics: string[];
  provider: string;
  applicable: 'yes' | 'no' | 'unknown';
  applicableReason: string;
  observable: string | null;
  state: State;
  accepted: boolean;
  fired: number;
  mean: number | null;
  l90: number | null;
  tested: number;
  alerted: number;
  procedures: number;
  rules: string[];
  brokenRules: BrokenRule[];
  risk: number | null;
  residual: number | null;
  badges: string[];
}

export interface Rule {
  id: string;
  name: string;
  format: string;
  path: string;
  level: string;
  status: string;
  techniques: string[];
  logSources: string[];
  fired: number;
  cells: number;
  broken: { fault: string; reason: string }[];
  unmapped: string;
}

// Shares are 0 to 1; null over an empty set.
export interface Tally {
  paper: number | null;
  exercised: number | null;
  validated: number | null;
  cells: number;
  mapped: number;
  unknown: number;
  broken: number;
  unobservable: number; // that no log can show: no part of what exercised and validated are shares of
  states: Partial<Record<State, number>>;
}

// The newest play of each procedure.
export interface Plays {
  procedures: number;
  known: number; // procedures of the catalogue
  alerted: number; // in time, by a rule mapped to the technique
  kinds: Map<string, number>; // "synthetic", "replay", "live"
}

export interface Interval {
  value: number;
  low: number | null;
  high: number | null;
}

export interface Step {
  kind: string;
  text: string;
}

export interface Evidence {
  procedure: string;
  kind: string;
  outcome: string;
  verdict: string;
  reason: string;
  time: string;
  latency: number | null;
  events: number | null;
  trials: { rule: string; alerted: boolean; late: boolean; alsoBenign: boolean }[];
}

export interface Procedure {
  id: string;
  name: string;
  observable: string;
}

export interface Details {
  why: Step[];
  evidence: Evidence[];
  procedures: Procedure[];
}

export interface Appearance {
  state: State;
  label: string;
  glyph: string;
  fill: string;
  text: string;
  meaning: string;
  score: number;
}

export interface Named {
  id: string;
  name: string;
}

export interface Provider extends Named {
  logSources: string[];
}

export interface Technique extends Named {
  parent: string;
  parentName: string;
  core: boolean;
}

// Leadership gets one page, without the matrix and what is behind it.
export type Audience = 'engineering' | 'leadership';

export interface Page {
  audience: Audience;
  organisation: string;
  asOf: string;
  attackVersion: string;
  programVersion: string;
  assumptions: string[];
  tactics: Named[];
  providers: Provider[];
  techniques: Technique[];
  looks: Appearance[];
  plays: Plays;
  totals: Tally & { riskWeighted: Interval | null; byProvider: Map<string, Tally> };
  cells: Cell[];
  rules: Rule[];
  details: Map<string, Details>;
}
