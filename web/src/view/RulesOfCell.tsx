import type { Cell, Rule } from '../data/page.ts';
import type { Index } from '../model/index.ts';
import { plural } from '../model/words.ts';

// What a person needs to find the rule: its name, then its marks, then its file.
export function RuleLine({ rule, id, children }: { rule: Rule | undefined; id: string; children?: React.ReactNode }) {
  if (rule === undefined) return <li>{id}</li>;
  const marks = [rule.level, rule.status, ...rule.logSources].filter(Boolean).join(' · ');
  return (
    <li>
      <strong>{rule.name}</strong> <span className="soft">{marks}</span>
      {rule.fired > 0 && <span className="soft"> · fired {plural(rule.fired, 'time')}</span>}
      {children}
      <code className="path">{rule.path}</code>
    </li>
  );
}

export function RulesOfCell({ index, cell }: { index: Index; cell: Cell }) {
  if (cell.rules.length === 0) return null;
  return (
    <section>
      <h3>Working rules</h3>
      <ul className="rules">
        {cell.rules.map((id) => (
          <RuleLine key={id} rule={index.rule(id)} id={id} />
        ))}
      </ul>
    </section>
  );
}

export function BrokenOfCell({ index, cell }: { index: Index; cell: Cell }) {
  if (cell.brokenRules.length === 0) return null;
  return (
    <section>
      <h3>Broken rules</h3>
      <p className="note">They name this cell and count nothing.</p>
      <ul className="rules">
        {cell.brokenRules.map((broken) => (
          <RuleLine key={broken.id} rule={index.rule(broken.id)} id={broken.id}>
            <span className="bad">{broken.reason}</span>
          </RuleLine>
        ))}
      </ul>
    </section>
  );
}
