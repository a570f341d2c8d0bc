// The matrix as a grid of which one tile at a time is in the order of the Tab key; arrows, Home, End,
// PageUp, PageDown and letters move within it, Enter opens a tile's drawer.
import { useGrid, useGridCell, useGridRow } from '@react-aria/grid';
import { GridCollection, type GridNode, type GridRow, type GridState, useGridState } from '@react-stately/grid';
import { useMemo, useRef } from 'react';
import type { Cell } from '../data/page.ts';
import type { Index } from '../model/index.ts';
import {
  type Column,
  type Matrix as MatrixOfTiles,
  narrowRows,
  type Row,
  type Tile,
  wideRows,
} from '../model/matrix.ts';
import { MatrixSteps } from '../model/steps.ts';
import { TacticHead } from './TacticHead.tsx';
import { TileFace, tileClass, tileInWords } from './TileFace.tsx';

type Nodes = GridState<Tile, GridCollection<Tile>>;

// React Aria's form of the rows. Empty places are no nodes: nothing can be done there.
function collectionOf(rows: Row[], columns: number): GridCollection<Tile> {
  return new GridCollection<Tile>({
    columnCount: columns,
    items: rows.map((row) => ({
      type: 'item',
      key: row.key,
      childNodes: row.cells.flatMap((tile, at) => (tile === undefined ? [] : [cellNode(tile, at)])),
    })) as unknown as GridRow<Tile>[],
  });
}

function cellNode(tile: Tile, at: number) {
  return {
    type: 'cell',
    key: tile.key,
    value: tile,
    rendered: tile.name,
    textValue: tile.name,
    index: at,
    level: 1,
    hasChildNodes: false,
    childNodes: [],
  };
}

function GridTile({
  index,
  tile,
  state,
  onOpen,
}: {
  index: Index;
  tile: Tile;
  state: Nodes;
  onOpen: (cell: Cell) => void;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const node = state.collection.getItem(tile.key) as GridNode<Tile>;
  const { cell } = tile;
  const { gridCellProps } = useGridCell(
    { node, focusMode: 'cell', onAction: cell === undefined ? undefined : () => onOpen(cell) },
    state,
    ref,
  );
  return (
    <div {...gridCellProps} ref={ref} className={tileClass(tile)} title={tileInWords(index, tile)} data-tile={tile.key}>
      <TileFace index={index} tile={tile} />
    </div>
  );
}

function TileRow({
  index,
  row,
  state,
  onOpen,
}: {
  index: Index;
  row: Row;
  state: Nodes;
  onOpen: (cell: Cell) => void;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const node = state.collection.getItem(row.key) as GridNode<Tile>;
  const { rowProps } = useGridRow({ node }, state, ref);
  return (
    <div {...rowProps} tabIndex={undefined} ref={ref} className="row">
      {row.cells.map((tile, at) =>
        tile === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is nothing but its position
          // biome-ignore lint/a11y/useFocusableInteractive: nothing can be done in an empty place
          <div key={at} role="gridcell" className="empty" />
        ) : (
          <GridTile key={tile.key} index={index} tile={tile} state={state} onOpen={onOpen} />
        ),
      )}
    </div>
  );
}

interface Properties {
  index: Index;
  matrix: MatrixOfTiles;
  label: string;
  across: number; // tiles in a row where the view is narrow; 0: a column for each tactic
  onOpen: (cell: Cell) => void;
}

function HeadRow({ index, columns }: { index: Index; columns: Column[] }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: a row of headings; its tiles are what takes the focus
    <div role="row" className="row heads">
      {columns.map((column) => (
        <TacticHead key={column.tactic} index={index} column={column} />
      ))}
    </div>
  );
}

export function Matrix({ index, matrix, label, across, onOpen }: Properties) {
  const ref = useRef<HTMLDivElement>(null);
  const { columns } = matrix;
  const rows = useMemo(() => (across === 0 ? wideRows(columns) : narrowRows(columns, across)), [columns, across]);
  const width = across === 0 ? columns.length : across;
  const collection = useMemo(() => collectionOf(rows, width), [rows, width]);
  const state = useGridState<Tile, GridCollection<Tile>>({ collection, selectionMode: 'none', focusMode: 'cell' });
  const keyboardDelegate = useMemo(() => new MatrixSteps(rows), [rows]);
  const { gridProps } = useGrid({ 'aria-label': label, keyboardDelegate, focusMode: 'cell' }, state, ref);
  if (rows.length === 0) return <p className="nothing">No technique matches. Take a filter away to see more.</p>;
  const template = { '--columns': width } as React.CSSProperties;
  return (
    <div className="across">
      <div {...gridProps} ref={ref} className={across === 0 ? 'matrix' : 'matrix narrow'} style={template}>
        {across === 0 && <HeadRow index={index} columns={columns} />}
        {rows.map((row) => (
          <div role="presentation" key={row.key}>
            {row.heading !== undefined && <HeadRow index={index} columns={[row.heading]} />}
            <TileRow index={index} row={row} state={state} onOpen={onOpen} />
          </div>
        ))}
      </div>
    </div>
  );
}
