// What was played and what came of it, and what has not been played yet.
import type { Evidence, Procedure } from '../data/page.ts';
import type { Index } from '../model/index.ts';
import { day, plural, verdictInWords } from '../model/words.ts';

const PASSES = new Set(['alerted']);

function EvidenceItem({ index, evidence, name }: { index: Index; evidence: Evidence; name: string }) {
  const alerted = evidence.trials.filter((trial) => trial.alerted);
  return (
    <li className={PASSES.has(evidence.verdict) ? 'pass' : 'miss'}>
      <strong>
        <span aria-hidden="true">{PASSES.has(evidence.verdict) ? '✓' : '✕'}</span> {verdictInWords(evidence.verdict)}
      </strong>{' '}
      {name}{' '}
      <span className="soft">
        {[evidence.kind, day(evidence.time), evidence.events === null ? '' : plural(evidence.events, 'event')]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {evidence.reason !== '' && <span className="why">{evidence.reason}</span>}
      {alerted.length > 0 && (
        <span className="why">
          alerted: {alerted.map((trial) => index.rule(trial.rule)?.name ?? trial.rule).join(', ')}
          {alerted.some((trial) => trial.alsoBenign) && ' (also on the benign look-alike)'}
        </span>
      )}
    </li>
  );
}

interface Properties {
  index: Index;
  evidence: Evidence[];
  procedures: Procedure[];
}

export function EvidenceList({ index, evidence, procedures }: Properties) {
  const names = new Map(procedures.map((procedure) => [procedure.id, procedure.name]));
  return (
    <section>
      <h3>Evidence</h3>
      {evidence.length === 0 ? (
        <p className="note">No attack was played against this cell: nothing here is proven.</p>
      ) : (
        <ul className="evidence">
          {evidence.map((item, at) => (
            <EvidenceItem
              // biome-ignore lint/suspicious/noArrayIndexKey: the same procedure may have been played many times
              key={at}
              index={index}
              evidence={item}
              name={names.get(item.procedure) || item.procedure}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

// With a mark on those that nobody has played: they are what to do next.
export function ProcedureList({ procedures, evidence }: { procedures: Procedure[]; evidence: Evidence[] }) {
  if (procedures.length === 0) return null;
  const played = new Set(evidence.map((item) => item.procedure));
  return (
    <section>
      <h3>Procedures</h3>
      <ul className="procedures">
        {procedures.map((procedure) => (
          <li key={procedure.id}>
            {procedure.name} <code>{procedure.id}</code>
            {!played.has(procedure.id) && <span className="soft"> not played yet</span>}
            {procedure.observable !== '' && procedure.observable !== 'yes' && (
              <span className="soft"> observable: {procedure.observable}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
