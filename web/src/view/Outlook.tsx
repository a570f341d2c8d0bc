// What it takes, what has changed, and how far all this can be trusted.
import type { Index } from '../model/index.ts';
import { needsOf } from '../model/needs.ts';
import { day, kindsInWords, plural } from '../model/words.ts';

export function Needs({ index }: { index: Index }) {
  const needs = needsOf(index);
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">What it needs</h2>
      {needs.length === 0 ? (
        <p className="note">Nothing but to keep the tests fresh.</p>
      ) : (
        <ol className="needs">
          {needs.map((need) => (
            <li key={need.deed}>
              <strong>{need.deed}:</strong> {need.wins}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

// What the cells themselves tell of before; earlier reports are not kept.
export function Changes({ index }: { index: Index }) {
  const regressed = index.page.cells.filter((cell) => cell.badges.includes('regressed'));
  const stale = index.page.cells.filter((cell) => cell.state === 'stale');
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">What changed</h2>
      <ul className="changes">
        <li>
          {regressed.length === 0
            ? 'Nothing that once alerted has fallen silent.'
            : `${plural(regressed.length, 'cell')} that once alerted ${regressed.length === 1 ? 'has' : 'have'} fallen silent: ${[
                ...new Set(regressed.map((cell) => cell.name)),
              ].join(', ')}.`}
        </li>
        <li>
          {stale.length === 0
            ? 'No proof has run out.'
            : `The proof of ${plural(stale.length, 'cell')} has run out: to be played again.`}
        </li>
        <li className="soft">Earlier reports are not kept, so there is no trend to show.</li>
      </ul>
    </section>
  );
}

function played(index: Index): string {
  const { plays } = index.page;
  if (plays.procedures === 0) return 'No attack has been played yet.';
  return `${plays.procedures} of ${plural(plays.known, 'known way')} to attack were played: ${kindsInWords(plays.kinds)}.`;
}

export function Method({ index }: { index: Index }) {
  const { page } = index;
  const unknown = page.totals.unknown;
  return (
    <section aria-labelledby="method" className="method">
      <h2 id="method">How this was measured, and what it does not say</h2>
      <p>
        {played(index)} As of {day(page.asOf)}, against MITRE ATT&amp;CK {page.attackVersion}. A cell is one technique
        on one cloud. Proven means that every way that was played alerted, three of them at least and half of the known
        ones; a rule that alerts on harmless work proves nothing. A test counts less the older it is, and nothing after
        half a year or once its rule has changed.
      </p>
      <p>
        The list of ways is ours and never complete: “expected” is of the ways we know. All cells weigh the same
        {page.totals.riskWeighted === null && ', as no risk is known of them yet'}. Telemetry that a program made shows
        what its maker thought of, so nothing counts as validated without a real attack.
        {unknown > 0 &&
          ` ${plural(unknown, 'cell')} more may apply and ${unknown === 1 ? 'is' : 'are'} in no number here.`}
        {page.totals.unobservable > 0 && ` ${plural(page.totals.unobservable, 'cell')} cannot be seen in any log.`}
      </p>
    </section>
  );
}
