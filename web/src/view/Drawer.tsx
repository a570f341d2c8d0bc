// Everything that is known of one cell, and why it is in its state.
import { useRef } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Cell, Step } from '../data/page.ts';
import { type Index, keyOf } from '../model/index.ts';
import { badgeInWords, percent, plural } from '../model/words.ts';
import { EvidenceList, ProcedureList } from './Proof.tsx';
import { BrokenOfCell, RulesOfCell } from './RulesOfCell.tsx';
import { StateMark } from './StateMark.tsx';

interface Properties {
  index: Index;
  cell: Cell | undefined;
  onClose: () => void;
  onMove: (key: string) => void;
}

// The same technique on the user's other providers.
function Elsewhere({ index, cell, onMove }: { index: Index; cell: Cell; onMove: (key: string) => void }) {
  const cells = index.cellsOf(cell.technique);
  if (cells.length < 2) return null;
  return (
    <ul className="elsewhere" aria-label="The technique on each provider">
      {cells.map((other) => (
        <li key={other.provider}>
          <button
            type="button"
            className="plain"
            aria-current={other === cell ? 'true' : undefined}
            onClick={() => onMove(keyOf(other))}
          >
            {index.providerName(other.provider)} <StateMark index={index} state={other.state} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

// Only what is known: a number that nobody measured is left out.
function Facts({ index, cell }: { index: Index; cell: Cell }) {
  return (
    <dl className="facts">
      {cell.mean !== null && (
        <Fact title="Detected, expected">
          {percent(cell.mean)}
          {cell.l90 !== null && <small> at least {percent(cell.l90)} with 90 % confidence</small>}
        </Fact>
      )}
      {cell.procedures > 0 && (
        <Fact title="Tests">
          {cell.alerted} of {cell.tested} alerted <small>{plural(cell.procedures, 'procedure')} known</small>
        </Fact>
      )}
      <Fact title="Rules">
        {cell.rules.length} working{cell.brokenRules.length > 0 && `, ${cell.brokenRules.length} broken`}
      </Fact>
      {cell.fired > 0 && (
        <Fact title="Fired on the last logs">
          {plural(cell.fired, 'time')} <small>not a proof</small>
        </Fact>
      )}
      {cell.risk !== null && (
        <Fact title="Risk">
          {cell.risk.toFixed(2)}
          {cell.residual !== null && <small> left: {cell.residual.toFixed(2)}</small>}
        </Fact>
      )}
      <Fact title="Tactics">{cell.tactics.map((tactic) => index.tacticName(tactic)).join(', ')}</Fact>
    </dl>
  );
}

function Steps({ steps }: { steps: Step[] }) {
  return (
    <ol className="steps">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are in order and never move
        <li key={at} data-kind={step.kind}>
          {step.text}
        </li>
      ))}
    </ol>
  );
}

// The arithmetic of single rules, plays and procedures; there may be dozens.
const WORKINGS: ReadonlySet<string> = new Set(['chance', 'evidence', 'procedure']);

// The steps that a person would tell; every one of them behind a click.
function Why({ index, cell }: { index: Index; cell: Cell }) {
  const { why } = index.details(cell);
  const told = why.filter((step) => !WORKINGS.has(step.kind));
  return (
    <section>
      <h3>Why</h3>
      {why.length === 0 ? <p>{cell.applicableReason || 'No reason was given.'}</p> : <Steps steps={told} />}
      {told.length < why.length && (
        // Of another cell it begins closed again.
        <details key={keyOf(cell)}>
          <summary>All {why.length} steps, with every number</summary>
          <Steps steps={why} />
        </details>
      )}
    </section>
  );
}

function Content({ index, cell, onMove }: { index: Index; cell: Cell; onMove: (key: string) => void }) {
  const look = index.look(cell.state);
  const details = index.details(cell);
  return (
    <>
      <header>
        <p className="meta">
          <code>{cell.technique}</code> · {index.providerName(cell.provider)}
        </p>
        <Heading slot="title">{cell.name}</Heading>
        <p>
          <StateMark index={index} state={cell.state} /> {look.meaning}
        </p>
        {cell.badges.length + (cell.accepted ? 1 : 0) > 0 && (
          <ul className="badges" aria-label="Marks">
            {cell.accepted && <li>risk accepted</li>}
            {cell.badges.map((badge) => (
              <li key={badge}>{badgeInWords(badge)}</li>
            ))}
          </ul>
        )}
        <Elsewhere index={index} cell={cell} onMove={onMove} />
      </header>
      <Facts index={index} cell={cell} />
      <Why index={index} cell={cell} />
      <RulesOfCell index={index} cell={cell} />
      <BrokenOfCell index={index} cell={cell} />
      <EvidenceList index={index} evidence={details.evidence} procedures={details.procedures} />
      <ProcedureList procedures={details.procedures} evidence={details.evidence} />
      <p className="note">
        To see the same in a terminal:{' '}
        <code>
          nepho explain {cell.technique} --on {cell.provider}
        </code>
      </p>
    </>
  );
}

// While it is open the focus stays in it; Escape, the cross and a click beside it close it, and the
// focus goes back to where it came from.
export function Drawer({ index, cell, onClose, onMove }: Properties) {
  // What was shown last is kept while the drawer closes, which takes a moment.
  const last = useRef(cell);
  if (cell !== undefined) last.current = cell;
  const shown = last.current;
  return (
    <ModalOverlay
      className="veil"
      isDismissable
      isOpen={cell !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className="drawer">
        <Dialog>
          <Button slot="close" className="close" aria-label="Close" onPress={onClose}>
            ✕
          </Button>
          {shown !== undefined && <Content index={index} cell={shown} onMove={onMove} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
