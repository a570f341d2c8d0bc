// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { focused, focusOn, grid, press, setUp, show, tile, tiles } from '../testing/page.tsx';

// The sample's combined map, by columns:   TA0001        TA0009
//                                          T1078         T1530
//                                          T1078.004     T1036 (no technique of the cloud)
//                                                        T1036.001
describe('where a column has room for each tactic', () => {
  setUp();

  test('techniques stand by name in their tactic, sub-techniques below', () => {
    show();
    expect(tiles().sort()).toEqual([
      'TA0001/T1078',
      'TA0001/T1078.004',
      'TA0009/T1036',
      'TA0009/T1036.001',
      'TA0009/T1530',
    ]);
  });
  test('one tile at a time is in the order of the Tab key', () => {
    show();
    focusOn(tile('TA0001/T1078'));
    press('ArrowDown');
    expect(focused()).toBe('TA0001/T1078.004');
    const reachable = [...grid().querySelectorAll('[data-tile]')].filter((one) => one.getAttribute('tabindex') === '0');
    expect(reachable.map((one) => one.getAttribute('data-tile'))).toEqual(['TA0001/T1078.004']);
  });
  test('arrows go along rows and columns, and stop at the edges', () => {
    show();
    focusOn(tile('TA0001/T1078'));
    const path = ['ArrowUp', 'ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowDown', 'ArrowUp'];
    const visited = path.map((key) => {
      press(key);
      return focused();
    });
    expect(visited).toEqual([
      'TA0001/T1078',
      'TA0001/T1078',
      'TA0009/T1530',
      'TA0009/T1036',
      'TA0001/T1078.004',
      'TA0001/T1078.004',
      'TA0001/T1078',
    ]);
  });
  test('Home and End are the ends of a row, with Control of the whole', () => {
    show();
    focusOn(tile('TA0001/T1078.004'));
    press('End');
    expect(focused()).toBe('TA0009/T1036');
    press('Home');
    expect(focused()).toBe('TA0001/T1078.004');
    press('End', { ctrlKey: true });
    expect(focused()).toBe('TA0009/T1036.001');
    press('Home', { ctrlKey: true });
    expect(focused()).toBe('TA0001/T1078');
  });
  test('letters go to the technique whose name or id begins so', () => {
    show();
    focusOn(tile('TA0001/T1078'));
    press('d');
    expect(focused()).toBe('TA0009/T1530');
  });
  test('Enter opens the drawer, Escape closes it, and the focus comes back', async () => {
    show();
    focusOn(tile('TA0009/T1530'));
    press('Enter');
    expect(screen.getByRole('dialog').getAttribute('aria-labelledby')).not.toBeNull();
    expect(screen.getByRole('heading', { name: 'Data from Cloud Storage' })).toBeTruthy();
    expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
    expect(window.location.hash).toBe('#cell=T1530@aws');
    press('Escape');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(focused()).toBe('TA0009/T1530'));
    expect(window.location.hash).toBe('');
  });
  test('a click opens the drawer too', () => {
    show();
    fireEvent.click(tile('TA0001/T1078.004'));
    expect(screen.getByRole('heading', { name: 'Cloud Accounts' })).toBeTruthy();
  });
  test('a parent that is no technique of the cloud opens nothing', () => {
    show();
    focusOn(tile('TA0009/T1036'));
    press('Enter');
    fireEvent.click(tile('TA0009/T1036'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
  test('a tile says its state in words and by a glyph, not by colour alone', () => {
    show();
    const element = tile('TA0009/T1530');
    expect(element.textContent).toContain('✕');
    expect(element.textContent).toContain('AWS: Failing, 0 of 2 tested alerted, 1 broken rule');
    expect(element.className.split(' ')).toContain('s-failing');
  });
  test('going back in the browser closes the drawer that a tile opened', async () => {
    show();
    fireEvent.click(tile('TA0009/T1530'));
    act(() => {
      history.replaceState(null, '', '/');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('on a phone', () => {
  setUp(false);

  test('each tactic stands under its own heading, and arrows pass from one to the next', () => {
    show();
    expect(
      within(grid())
        .getAllByRole('columnheader')
        .map((head) => head.querySelector('.name')?.textContent),
    ).toEqual(['Initial Access', 'Collection']);
    focusOn(tile('TA0001/T1078'));
    press('ArrowRight');
    expect(focused()).toBe('TA0001/T1078.004');
    press('ArrowDown');
    expect(focused().startsWith('TA0009/')).toBe(true);
  });
});
