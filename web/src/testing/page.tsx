// Renders the page into jsdom and stands in for what jsdom lacks.
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { App } from '../view/App.tsx';
import { indexOf, SAMPLE } from './sample.ts';

// `isWide`: whether a column for each tactic has room. Whether it is being printed is always no.
export function setUp(isWide = true): void {
  beforeEach(() => {
    window.matchMedia = (query: string) =>
      ({
        matches: query.includes('min-width') && isWide,
        media: query,
        addEventListener: vi.fn(),
        removeEventListener: vi.fn(),
      }) as unknown as MediaQueryList;
    Element.prototype.scrollIntoView = vi.fn();
    // Enough of CSSOM, 2.1: each unit of code that is no letter or digit by its number.
    const escaped = (text: string) => text.replace(/[^\w-]/g, (unit) => `\\${unit.charCodeAt(0).toString(16)} `);
    vi.stubGlobal('CSS', { escape: escaped });
    history.replaceState(null, '', '/');
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
}

export function show(page: unknown = SAMPLE, fragment = ''): HTMLElement {
  history.replaceState(null, '', `/${fragment}`);
  return render(<App index={indexOf(page)} />).container;
}

// A key as the element in focus gets it.
export function press(key: string, more: object = {}): void {
  const target = document.activeElement ?? document.body;
  fireEvent.keyDown(target, { key, ...more });
  fireEvent.keyUp(document.activeElement ?? document.body, { key, ...more });
}

export const grid = () => screen.getByRole('grid');
export const tile = (key: string): HTMLElement => {
  const found = grid().querySelector<HTMLElement>(`[data-tile="${key}"]`);
  if (found === null) throw new Error(`no tile ${key}`);
  return found;
};
export const tiles = (): string[] =>
  within(grid())
    .getAllByRole('gridcell')
    .flatMap((element) => element.getAttribute('data-tile') ?? []);
export const focused = () => document.activeElement?.getAttribute('data-tile') ?? '';
export const focusOn = (element: HTMLElement) => act(() => element.focus());
