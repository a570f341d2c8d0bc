import type { State } from '../data/page.ts';
import type { Index } from '../model/index.ts';
import { plural } from '../model/words.ts';

const WIDTH = 100;
const HEIGHT = 10;

interface ShareProperties {
  share: number;
  state: State | 'expected'; // whose colour it has
  label: string;
  low?: number | null; // what is sure of it; the rest is drawn paler
}

const across = (share: number) => WIDTH * Math.min(1, Math.max(0, share));

// A part of a whole.
export function ShareBar({ share, state, label, low = null }: ShareProperties) {
  return (
    <svg className="bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="track" width={WIDTH} height={HEIGHT} />
      <rect className={low === null ? `f-${state}` : `f-${state} unsure`} width={across(share)} height={HEIGHT} />
      {low !== null && <rect className={`f-${state}`} width={across(Math.min(low, share))} height={HEIGHT} />}
    </svg>
  );
}

// How many cells are in each state, best first. What is not detected is left as the track.
export function StatesBar({
  index,
  states,
  whole,
  name,
}: {
  index: Index;
  states: ReadonlyMap<State, number>;
  whole: number;
  name: string;
}) {
  const inOrder = index.page.looks.filter((look) => (states.get(look.state) ?? 0) > 0);
  const words = inOrder.map((look) => `${states.get(look.state)} ${look.label.toLowerCase()}`).join(', ');
  let x = 0;
  return (
    <svg
      className="bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${name}, ${plural(whole, 'cell')}: ${words || 'none'}`}
    >
      <rect className="track" width={WIDTH} height={HEIGHT} />
      {inOrder.map((look) => {
        const width = (WIDTH * (states.get(look.state) ?? 0)) / Math.max(1, whole);
        const rect = <rect key={look.state} className={`f-${look.state}`} x={x} width={width} height={HEIGHT} />;
        x += width;
        return rect;
      })}
    </svg>
  );
}
