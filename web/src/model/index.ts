// The data of the page, made ready to be asked: cells by technique and provider, rules by id.
import type { Appearance, Cell, Details, Page, Rule, State, Technique } from '../data/page.ts';

export const cellKey = (technique: string, provider: string) => `${technique}@${provider}`;
export const keyOf = (cell: Cell) => cellKey(cell.technique, cell.provider);

const NO_DETAILS: Details = { why: [], evidence: [], procedures: [] };

// Read only; built once a page. Lookups are O(1).
export class Index {
  readonly page: Page;
  private readonly cells = new Map<string, Cell>();
  private readonly ofTechnique = new Map<string, Cell[]>();
  private readonly rulesById = new Map<string, Rule>();
  private readonly looks = new Map<State, Appearance>();
  private readonly techniques = new Map<string, Technique>();
  private readonly providerNames = new Map<string, string>();
  private readonly tacticNames = new Map<string, string>();

  constructor(page: Page) {
    this.page = page;
    for (const cell of page.cells) {
      this.cells.set(keyOf(cell), cell);
      const others = this.ofTechnique.get(cell.technique);
      others ? others.push(cell) : this.ofTechnique.set(cell.technique, [cell]);
    }
    for (const rule of page.rules) this.rulesById.set(rule.id, rule);
    for (const look of page.looks) this.looks.set(look.state, look);
    for (const technique of page.techniques) this.techniques.set(technique.id, technique);
    for (const provider of page.providers) this.providerNames.set(provider.id, provider.name);
    for (const tactic of page.tactics) this.tacticNames.set(tactic.id, tactic.name);
  }

  cell(key: string): Cell | undefined {
    return this.cells.get(key);
  }
  // In the order of the providers.
  cellsOf(technique: string): Cell[] {
    return this.ofTechnique.get(technique) ?? [];
  }
  rule(id: string): Rule | undefined {
    return this.rulesById.get(id);
  }
  technique(id: string): Technique | undefined {
    return this.techniques.get(id);
  }
  details(cell: Cell): Details {
    return this.page.details.get(keyOf(cell)) ?? NO_DETAILS;
  }
  look(state: State): Appearance {
    const look = this.looks.get(state);
    if (look === undefined) throw new Error(`no look for the state ${state}`);
    return look;
  }
  providerName(id: string): string {
    return this.providerNames.get(id) ?? id;
  }
  tacticName(id: string): string {
    return this.tacticNames.get(id) ?? id;
  }

  // The weakest of a technique's cells that apply, else of those not known to: a team is as blind
  // as its weakest cloud. Of equals the first, so that the choice does not waver.
  weakest(technique: string): Cell | undefined {
    const cells = this.cellsOf(technique);
    for (const applies of ['yes', 'unknown']) {
      const among = cells.filter((cell) => cell.applicable === applies && cell.state !== 'not_applicable');
      const [first, ...rest] = among;
      if (first === undefined) continue;
      return rest.reduce(
        (weak, cell) => (this.look(cell.state).score < this.look(weak.state).score ? cell : weak),
        first,
      );
    }
    return undefined;
  }

  // The cell that stands for a technique on the map of a provider; '' is the combined map.
  drawn(technique: string, provider: string): Cell | undefined {
    const cell = provider === '' ? this.weakest(technique) : this.cell(cellKey(technique, provider));
    return cell?.state === 'not_applicable' ? undefined : cell;
  }
}
