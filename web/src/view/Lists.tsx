import type { ReactNode } from 'react';
import type { Cell, Rule } from '../data/page.ts';
import { type Index, keyOf } from '../model/index.ts';
import { brokenRules, cellsOnOneRule, unmappedRules } from '../model/lists.ts';
import { cellInWords, plural } from '../model/words.ts';
import { CellLink } from './CellLink.tsx';
import { ScrollBox } from './ScrollBox.tsx';

function Cells({ index, cells }: { index: Index; cells: Cell[] }) {
  if (cells.length === 0) return <span className="soft">none</span>;
  const hasMany = index.page.providers.length > 1;
  return (
    <ul className="cells">
      {cells.map((cell) => (
        <li key={keyOf(cell)}>
          <CellLink cell={cell} title={cellInWords(index, cell)}>
            {cell.technique} {cell.name}
            {hasMany && `, ${index.providerName(cell.provider)}`}
          </CellLink>
        </li>
      ))}
    </ul>
  );
}

function RuleCell({ rule }: { rule: Rule }) {
  return (
    <th scope="row">
      {rule.name}
      <code className="path">{rule.path}</code>
    </th>
  );
}

interface TableProperties {
  id: string;
  title: string;
  note: string;
  heads: string[];
  empty: string;
  children: ReactNode[];
}

function Table({ id, title, note, heads, empty, children }: TableProperties) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="count">{children.length}</span>
      </h2>
      {children.length === 0 ? (
        <p className="note">{empty}</p>
      ) : (
        <>
          <p className="note">{note}</p>
          <ScrollBox labelledBy={id}>
            <table>
              <thead>
                <tr>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{children}</tbody>
            </table>
          </ScrollBox>
        </>
      )}
    </section>
  );
}

export function Lists({ index }: { index: Index }) {
  const broken = brokenRules(index);
  const single = cellsOnOneRule(index);
  const numSingle = single.reduce((sum, entry) => sum + entry.cells.length, 0);
  return (
    <>
      <Table
        id="broken"
        title="Broken rules"
        note="They name cells and count nothing there: the cheapest coverage to win back."
        heads={['Rule', 'Why it cannot work', 'Cells it names']}
        empty="No rule is broken."
      >
        {broken.map((entry) => (
          <tr key={entry.rule.id + entry.rule.path}>
            <RuleCell rule={entry.rule} />
            <td className="bad">
              {entry.reasons.map((reason) => (
                <p key={reason}>{reason}</p>
              ))}
            </td>
            <td>
              <Cells index={index} cells={entry.cells} />
            </td>
          </tr>
        ))}
      </Table>
      <Table
        id="single"
        title="Rules that cells hang on alone"
        note={`${plural(numSingle, 'cell')} would be uncovered if the one rule broke.`}
        heads={['Rule', 'Cells that have no other']}
        empty="No cell hangs on one rule."
      >
        {single.map((entry) => (
          <tr key={entry.rule.id}>
            <RuleCell rule={entry.rule} />
            <td>
              <Cells index={index} cells={entry.cells} />
            </td>
          </tr>
        ))}
      </Table>
      <Table
        id="unmapped"
        title="Rules that count nowhere"
        note="They touch no cell of the matrix."
        heads={['Rule', 'Why']}
        empty="Every rule touches a cell."
      >
        {unmappedRules(index).map((rule) => (
          <tr key={rule.id + rule.path}>
            <RuleCell rule={rule} />
            <td>{rule.unmapped}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
