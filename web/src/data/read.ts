// Reads the page's data out of its document. What is absent or of the wrong type takes its default;
// nothing here throws on any JSON value.
import { DEFAULT_LOOKS } from './looks.ts';
import type * as data from './page.ts';

type Members = Record<string, unknown>;

const members = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === 'string');
const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const share = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

// Entries of an object by its own keys; a Map, since a key may be any text ("__proto__" too).
function entries<T>(value: unknown, read: (item: unknown) => T): Map<string, T> {
  return new Map(Object.entries(members(value)).map(([key, item]) => [key, read(item)]));
}

const STATES: ReadonlySet<string> = new Set(DEFAULT_LOOKS.map((look) => look.state));
const stateOf = (value: unknown): data.State => (STATES.has(text(value)) ? (text(value) as data.State) : 'blind');

function readCell(value: unknown): data.Cell {
  const cell = members(value);
  const applies = text(cell.applicable);
  return {
    technique: text(cell.technique),
    name: text(cell.name) || text(cell.technique),
    tactics: texts(cell.tactics),
    provider: text(cell.provider),
    applicable: applies === 'yes' || applies === 'no' ? applies : 'unknown',
    applicableReason: text(cell.applicable_reason),
    observable: text(cell.observable) || null,
    state: stateOf(cell.state),
    accepted: cell.accepted === true,
    fired: count(cell.fired),
    mean: share(cell.mean),
    l90: share(cell.l90),
    tested: count(cell.tested),
    alerted: count(cell.alerted),
    procedures: count(cell.procedures),
    rules: texts(cell.rules),
    brokenRules: list(cell.broken_rules).map((item) => ({
      id: text(members(item).id),
      reason: text(members(item).reason),
    })),
    risk: share(cell.risk),
    residual: share(cell.residual),
    badges: texts(cell.badges),
  };
}

function readRule(value: unknown): data.Rule {
  const rule = members(value);
  return {
    id: text(rule.id),
    name: text(rule.name) || text(rule.id) || text(rule.path),
    format: text(rule.format),
    path: text(rule.path),
    level: text(rule.level),
    status: text(rule.status),
    techniques: texts(rule.techniques),
    logSources: texts(rule.log_sources),
    fired: count(rule.fired),
    cells: count(rule.cells),
    broken: list(rule.broken).map((item) => ({
      fault: text(members(item).fault),
      reason: text(members(item).reason),
    })),
    unmapped: text(rule.unmapped),
  };
}

function readTally(value: unknown): data.Tally {
  const tally = members(value);
  const states: data.Tally['states'] = {};
  for (const [state, number] of entries(tally.states, count)) {
    if (STATES.has(state)) states[state as data.State] = number;
  }
  return {
    paper: share(tally.paper),
    exercised: share(tally.exercised),
    validated: share(tally.validated),
    cells: count(tally.cells),
    mapped: count(tally.mapped),
    unknown: count(tally.unknown),
    broken: count(tally.broken),
    unobservable: count(tally.unobservable),
    states,
  };
}

// A number alone, or one with its interval.
function readInterval(value: unknown): data.Interval | null {
  const alone = share(value);
  if (alone !== null) return { value: alone, low: null, high: null };
  const interval = members(value);
  const middle = share(interval.value) ?? share(interval.mean);
  if (middle === null) return null;
  return {
    value: middle,
    low: share(interval.low) ?? share(interval.l90),
    high: share(interval.high),
  };
}

function readEvidence(value: unknown): data.Evidence {
  const evidence = members(value);
  return {
    procedure: text(evidence.procedure),
    kind: text(evidence.kind),
    outcome: text(evidence.outcome),
    verdict: text(evidence.verdict),
    reason: text(evidence.reason),
    time: text(evidence.time),
    latency: share(evidence.latency_s),
    events: share(evidence.events),
    trials: list(evidence.trials).map((item) => {
      const trial = members(item);
      return {
        rule: text(trial.rule),
        alerted: trial.alerted === true,
        late: trial.late === true,
        alsoBenign: trial.also_benign === true,
      };
    }),
  };
}

function readDetails(value: unknown): data.Details {
  const details = members(value);
  return {
    why: list(details.why).map((step) => ({
      kind: text(members(step).kind),
      text: text(members(step).text),
    })),
    evidence: list(details.evidence).map(readEvidence),
    procedures: list(details.procedures).map((item) => ({
      id: text(members(item).id),
      name: text(members(item).name),
      observable: text(members(item).observable),
    })),
  };
}

function readNamed(value: unknown): data.Named {
  return { id: text(members(value).id), name: text(members(value).name) || text(members(value).id) };
}

// In place of a list that an older program did not write: the ids that the cells use.
function namesFrom(ids: Iterable<string>): data.Named[] {
  return [...new Set(ids)].sort().map((id) => ({ id, name: id }));
}

function readTechniques(given: unknown, cells: data.Cell[]): data.Technique[] {
  const techniques = list(given).map((item) => ({
    ...readNamed(item),
    parent: text(members(item).parent),
    parentName: text(members(item).parent_name),
    core: members(item).core === true,
  }));
  const known = new Set(techniques.map((technique) => technique.id));
  for (const cell of cells) {
    if (known.has(cell.technique)) continue;
    known.add(cell.technique);
    const parent = cell.technique.includes('.') ? (cell.technique.split('.')[0] ?? '') : '';
    techniques.push({ id: cell.technique, name: cell.name, parent, parentName: parent, core: false });
  }
  return techniques;
}

function readLooks(given: unknown): data.Appearance[] {
  return DEFAULT_LOOKS.map((byDefault) => {
    const found = list(given)
      .map(members)
      .find((item) => item.state === byDefault.state);
    if (found === undefined) return byDefault;
    const color = (value: unknown, otherwise: string) =>
      /^#[0-9a-f]{6}$/i.test(text(value)) ? text(value) : otherwise;
    return {
      state: byDefault.state,
      label: text(found.label) || byDefault.label,
      glyph: text(found.glyph) || byDefault.glyph,
      fill: color(found.fill, byDefault.fill),
      text: color(found.text, byDefault.text),
      meaning: text(found.meaning) || byDefault.meaning,
      score: share(found.score) ?? byDefault.score,
    };
  });
}

function readPlays(value: unknown): data.Plays {
  const plays = members(value);
  return {
    procedures: count(plays.procedures),
    known: count(plays.known),
    alerted: count(plays.alerted),
    kinds: entries(plays.kinds, count),
  };
}

export function readPage(document: unknown): data.Page {
  const page = members(document);
  const coverage = members(page.coverage);
  const totals = members(coverage.totals);
  const cells = list(coverage.cells).map(readCell);
  const tactics = list(page.tactics).map(readNamed);
  const providers = list(page.providers).map((item) => ({
    ...readNamed(item),
    logSources: texts(members(item).log_sources),
  }));
  return {
    audience: text(page.audience) === 'leadership' ? 'leadership' : 'engineering',
    organisation: text(page.organisation),
    asOf: text(page.as_of) || text(coverage.as_of),
    attackVersion: text(coverage.attack_version),
    programVersion: text(page.program_version),
    assumptions: texts(coverage.assumptions),
    tactics: tactics.length > 0 ? tactics : namesFrom(cells.flatMap((cell) => cell.tactics)),
    providers:
      providers.length > 0
        ? providers
        : namesFrom(cells.map((cell) => cell.provider)).map((named) => ({ ...named, logSources: [] })),
    techniques: readTechniques(page.techniques, cells),
    looks: readLooks(page.states),
    plays: readPlays(page.plays),
    totals: {
      ...readTally(totals),
      riskWeighted: readInterval(totals.risk_weighted_validated),
      byProvider: entries(totals.by_provider, readTally),
    },
    cells,
    rules: list(coverage.rules).map(readRule),
    details: entries(page.details, readDetails),
  };
}

// The data that was laid into the page; null where there is none, as in the page as it was built.
export function readEmbedded(document: Document): data.Page | null {
  const element = document.getElementById('nephometer-data');
  const content = element?.textContent?.trim() ?? '';
  if (content === '' || content === 'null') return null;
  return readPage(JSON.parse(content));
}
