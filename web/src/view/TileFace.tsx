import type { Index } from '../model/index.ts';
import type { Tile } from '../model/matrix.ts';
import { cellInWords, stateInWords } from '../model/words.ts';

export function tileClass(tile: Tile): string {
  const names = ['tile'];
  if (tile.isSub) names.push('sub');
  if (tile.isContext) names.push('context');
  if (tile.cell === undefined) return [...names, 'stub'].join(' ');
  names.push(`s-${tile.cell.state}`);
  if (tile.cell.applicable === 'unknown') names.push('unknown');
  if (tile.cell.accepted) names.push('accepted');
  return names.join(' ');
}

export function tileInWords(index: Index, tile: Tile): string {
  if (tile.cell === undefined) return `${tile.technique} ${tile.name}: not a technique of the cloud itself`;
  return cellInWords(index, tile.cell);
}

// "T1078" of "T1078.004": shown where a sub-technique does not stand below its parent.
const stemOf = (technique: string) => technique.slice(0, Math.max(0, technique.indexOf('.')));

// What a tile shows; the same on screen and on paper. Behind the id the number of rules, which is
// the second thing a detection engineer asks.
export function TileFace({ index, tile }: { index: Index; tile: Tile }) {
  const { cell } = tile;
  return (
    <>
      <span className="id">
        <span className="glyph" aria-hidden="true">
          {cell === undefined ? ' ' : index.look(cell.state).glyph}
        </span>
        <span>
          {tile.isSub && <span className="stem">{stemOf(tile.technique)}</span>}
          {tile.isSub ? tile.technique.slice(stemOf(tile.technique).length) : tile.technique}
        </span>
        {cell !== undefined && cell.rules.length > 0 && (
          <span className="rules" aria-hidden="true">
            {cell.rules.length}
          </span>
        )}
        {cell !== undefined && cell.brokenRules.length > 0 && (
          <span className="brokens" aria-hidden="true">
            !
          </span>
        )}
      </span>
      {/* A name with a stroke may break behind it: "Unused/Unsupported" is wider than a tile. */}
      <span className="name">{tile.name.replaceAll('/', '/\u200b')}</span>
      <span className="hidden">
        , {cell === undefined ? 'not a technique of the cloud itself' : stateInWords(index, cell)}
      </span>
    </>
  );
}
