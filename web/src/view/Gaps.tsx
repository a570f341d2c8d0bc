import { deedOf, whyUnseen, worstGaps } from '../model/gaps.ts';
import { type Index, keyOf } from '../model/index.ts';
import { StateMark } from './StateMark.tsx';

const COUNT = 5;

// The top risks, in words that need no catalogue.
export function Gaps({ index }: { index: Index }) {
  const gaps = worstGaps(index, COUNT);
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">What could happen unseen</h2>
      {gaps.length === 0 ? (
        <p className="note">Everything that applies is proven.</p>
      ) : (
        <ol className="gaps">
          {gaps.map((cell) => (
            <li key={keyOf(cell)}>
              <strong>
                On {index.providerName(cell.provider)}, an attacker could {deedOf(cell)}
              </strong>{' '}
              <span className="soft">
                <code>{cell.technique}</code>
              </span>
              <span className="why">
                <StateMark index={index} state={cell.state} /> {whyUnseen(cell)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
