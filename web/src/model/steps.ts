// Where the arrow keys lead in the matrix. React Aria asks for these; its own answers would stop at
// the empty places that columns of different lengths leave.
import type { Key } from 'react-aria-components';
import type { Row } from './matrix.ts';

const PAGE = 8; // rows that PageUp and PageDown pass

interface Spot {
  row: number;
  column: number;
}

// In the form of React Aria's KeyboardDelegate.
export class MatrixSteps {
  private readonly rows: Row[];
  private readonly spots = new Map<Key, Spot>();

  constructor(rows: Row[]) {
    this.rows = rows;
    rows.forEach((row, at) => {
      row.cells.forEach((tile, column) => {
        if (tile !== undefined) this.spots.set(tile.key, { row: at, column });
      });
    });
  }

  private keyAt(row: number, column: number): Key | null {
    return this.rows[row]?.cells[column]?.key ?? null;
  }

  // The first place that is not empty, from `key` on in steps of (down, right); null at the edge.
  private walk(key: Key, down: number, right: number): Key | null {
    const from = this.spots.get(key);
    if (from === undefined) return null;
    const width = this.rows[from.row]?.cells.length ?? 0;
    let { row, column } = from;
    for (;;) {
      row += down;
      column += right;
      if (row < 0 || row >= this.rows.length || column < 0 || column >= width) return null;
      const found = this.keyAt(row, column);
      if (found !== null) return found;
    }
  }

  getKeyBelow(key: Key) {
    return this.walk(key, 1, 0);
  }
  getKeyAbove(key: Key) {
    return this.walk(key, -1, 0);
  }
  getKeyRightOf(key: Key) {
    return this.walk(key, 0, 1);
  }
  getKeyLeftOf(key: Key) {
    return this.walk(key, 0, -1);
  }

  // Home and End stay in the row; with Control, or with no tile in focus yet, they are of the whole.
  private edge(key: Key | null | undefined, global: boolean | undefined, last: boolean): Key | null {
    const spot = key == null ? undefined : this.spots.get(key);
    if (spot === undefined || global) {
      const keys = [...this.spots.keys()];
      return (last ? keys.at(-1) : keys[0]) ?? null;
    }
    const tiles = this.rows[spot.row]?.cells.filter((tile) => tile !== undefined) ?? [];
    return (last ? tiles.at(-1)?.key : tiles[0]?.key) ?? null;
  }
  getFirstKey(key?: Key | null, global?: boolean) {
    return this.edge(key, global, false);
  }
  getLastKey(key?: Key | null, global?: boolean) {
    return this.edge(key, global, true);
  }

  private page(key: Key, step: (key: Key) => Key | null): Key | null {
    let at = key;
    for (let passed = 0; passed < PAGE; ++passed) {
      const next = step(at);
      if (next === null) break;
      at = next;
    }
    return at;
  }
  getKeyPageBelow(key: Key) {
    return this.page(key, (at) => this.getKeyBelow(at));
  }
  getKeyPageAbove(key: Key) {
    return this.page(key, (at) => this.getKeyAbove(at));
  }

  // Letters typed in the matrix: the next technique, row by row, whose name or id begins so.
  getKeyForSearch(search: string, from?: Key | null): Key | null {
    const tiles = this.rows.flatMap((row) => row.cells).filter((tile) => tile !== undefined);
    const start = tiles.findIndex((tile) => tile.key === from);
    const typed = search.toLocaleLowerCase('en');
    const inOrder = [...tiles.slice(Math.max(0, start)), ...tiles.slice(0, Math.max(0, start))];
    const found = inOrder.find((tile) =>
      [tile.name, tile.technique].some((text) => text.toLocaleLowerCase('en').startsWith(typed)),
    );
    return found?.key ?? null;
  }
}
