// The matrix as it is drawn: a column for each tactic, techniques by name with their sub-techniques
// below them.
import type { Cell, Technique } from '../data/page.ts';
import { type Filter, matches } from './filter.ts';
import type { Index } from './index.ts';

// `cell` is absent for a parent that is no technique of the cloud and only holds its
// sub-techniques together; `isContext` marks one that the filter would have left out.
export interface Tile {
  key: string; // unique on the map: a technique of two tactics stands there twice
  technique: string;
  name: string;
  isSub: boolean;
  isContext: boolean;
  cell: Cell | undefined;
}

export interface Column {
  tactic: string;
  name: string;
  tiles: Tile[];
  applicable: number; // of all its cells, whatever the filter
  mapped: number;
  states: Map<Cell['state'], number>; // of the applicable
}

export interface Matrix {
  columns: Column[];
  shown: number; // techniques that match, each once
  drawn: number; // techniques on the map, each once
  notApplicable: number; // techniques of the matrix that the map leaves out
}

const byName = (a: Technique, b: Technique) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);

interface Block {
  parent: Technique;
  cell: Cell | undefined;
  subs: { technique: Technique; cell: Cell }[];
}

// A block for each technique, made by its first sub-technique where it is not in the matrix itself.
function blocksOf(index: Index, tactic: string, provider: string): Block[] {
  const blocks = new Map<string, Block>();
  const blockOf = (parent: Technique) => {
    const block = blocks.get(parent.id) ?? { parent, cell: undefined, subs: [] };
    blocks.set(parent.id, block);
    return block;
  };
  for (const technique of index.page.techniques) {
    const cell = index.drawn(technique.id, provider);
    if (!cell?.tactics.includes(tactic)) continue;
    if (technique.parent === '') {
      blockOf(technique).cell = cell;
    } else {
      const parent = index.technique(technique.parent) ?? {
        id: technique.parent,
        name: technique.parentName,
        parent: '',
        parentName: '',
        core: false,
      };
      blockOf(parent).subs.push({ technique, cell });
    }
  }
  return [...blocks.values()].sort((a, b) => byName(a.parent, b.parent));
}

// A parent is kept when one of its sub-techniques matches: without it the sub has no context.
function tilesOf(index: Index, block: Block, filter: Filter, tactic: string): Tile[] {
  const tile = (technique: Technique, cell: Cell | undefined, isSub: boolean): Tile => ({
    key: `${tactic}/${technique.id}`,
    technique: technique.id,
    name: technique.name,
    isSub,
    isContext: cell === undefined || !matches(index, cell, filter),
    cell,
  });
  const subs = block.subs
    .sort((a, b) => (a.technique.id < b.technique.id ? -1 : 1))
    .map(({ technique, cell }) => tile(technique, cell, true))
    .filter((sub) => !sub.isContext);
  const parent = tile(block.parent, block.cell, false);
  return parent.isContext && subs.length === 0 ? [] : [parent, ...subs];
}

function columnOf(index: Index, tactic: { id: string; name: string }, provider: string, filter: Filter): Column {
  const blocks = blocksOf(index, tactic.id, provider);
  const cells = blocks
    .flatMap((block) => [block.cell, ...block.subs.map((sub) => sub.cell)])
    .filter((cell) => cell?.applicable === 'yes') as Cell[];
  const states = new Map<Cell['state'], number>();
  for (const cell of cells) states.set(cell.state, (states.get(cell.state) ?? 0) + 1);
  return {
    tactic: tactic.id,
    name: tactic.name,
    tiles: blocks.flatMap((block) => tilesOf(index, block, filter, tactic.id)),
    applicable: cells.length,
    mapped: cells.filter((cell) => cell.rules.length > 0).length,
    states,
  };
}

export function matrixOf(index: Index, provider: string, filter: Filter): Matrix {
  const columns = index.page.tactics
    .filter((tactic) => filter.tactic === '' || tactic.id === filter.tactic)
    .map((tactic) => columnOf(index, tactic, provider, filter))
    .filter((column) => column.tiles.length > 0);
  const tiles = columns.flatMap((column) => column.tiles);
  const drawn = index.page.techniques.filter((technique) => index.drawn(technique.id, provider));
  return {
    columns,
    shown: new Set(tiles.filter((tile) => !tile.isContext).map((tile) => tile.technique)).size,
    drawn: drawn.length,
    notApplicable: index.page.techniques.length - drawn.length,
  };
}

// The rows of a grid. Wide: a column of the grid for each tactic, so that a row goes across them.
// Narrow: the tactics below each other, each under a heading, `across` tiles in a row.
export interface Row {
  key: string;
  heading: Column | undefined;
  cells: (Tile | undefined)[]; // undefined: an empty place
}

export function wideRows(columns: Column[]): Row[] {
  const length = Math.max(0, ...columns.map((column) => column.tiles.length));
  return Array.from({ length }, (_, row) => ({
    key: `row-${row}`,
    heading: undefined,
    cells: columns.map((column) => column.tiles[row]),
  }));
}

export function narrowRows(columns: Column[], across: number): Row[] {
  return columns.flatMap((column) => {
    const rows: Row[] = [];
    for (let at = 0; at < column.tiles.length; at += across) {
      const cells = Array.from({ length: across }, (_, offset) => column.tiles[at + offset]);
      rows.push({ key: `${column.tactic}-${at}`, heading: at === 0 ? column : undefined, cells });
    }
    return rows;
  });
}
