// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { focusOn, press, setUp, show, tile, tiles } from '../testing/page.tsx';
import { cell, SAMPLE } from '../testing/sample.ts';

setUp();

const section = (name: string | RegExp) => {
  const found = screen.getByRole('heading', { name }).closest('section');
  if (found === null) throw new Error(`no section ${name}`);
  return within(found);
};
const found = () => screen.getByRole('status').textContent;
const search = () => screen.getByRole('searchbox') as HTMLInputElement;
const type = (text: string) => fireEvent.change(search(), { target: { value: text } });

describe('the filters', () => {
  test('the provider switch draws that cloud, and the address keeps it', () => {
    show();
    expect(tile('TA0001/T1078').textContent).toContain('Google Cloud: Mapped');
    fireEvent.click(screen.getByRole('radio', { name: 'AWS' }));
    expect(tile('TA0001/T1078').textContent).toContain('AWS: Partial');
    expect(window.location.hash).toBe('#provider=aws');
    expect(screen.getByRole('heading', { name: 'The matrix: AWS' })).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Google Cloud' }));
    expect(tiles()).toEqual(['TA0001/T1078', 'TA0009/T1530']);
  });
  test('a state leaves only its tiles, and says how many there are', () => {
    show();
    expect(found()).toBe('4 of 4 techniques shown');
    fireEvent.click(screen.getByRole('button', { name: /^Blind/ }));
    expect(found()).toBe('1 of 4 techniques shown');
    expect(tiles()).toEqual(['TA0009/T1036', 'TA0009/T1036.001']);
    fireEvent.click(screen.getByRole('button', { name: /^Failing/ }));
    expect(found()).toBe('3 of 4 techniques shown');
    expect(window.location.hash).toBe('#state=failing,blind');
  });
  test('the legend counts the cells of the map that is shown', () => {
    show(SAMPLE, '#provider=aws');
    const counts = within(screen.getByRole('toolbar', { name: 'State' }))
      .getAllByRole('button')
      .map((button) => button.textContent?.match(/(Validated|Partial|Mapped|Failing|Blind) \d+/)?.[0])
      .filter(Boolean);
    expect(counts).toEqual(['Validated 0', 'Partial 1', 'Mapped 0', 'Failing 2', 'Blind 1']);
  });
  test('a tactic leaves its column', () => {
    show();
    fireEvent.change(screen.getByRole('combobox', { name: 'Tactic' }), { target: { value: 'TA0009' } });
    expect(tiles().every((key) => key.startsWith('TA0009/'))).toBe(true);
    expect(screen.getAllByRole('columnheader').filter((head) => head.closest('[role=grid]'))).toHaveLength(1);
  });
  test('every word of a search must be found, in names, rules or log sources', () => {
    show();
    type('afar VALID');
    expect(tiles()).toEqual(['TA0001/T1078']);
    type('aws.cloudtrail');
    expect(tiles()).toEqual(['TA0001/T1078']);
    type('afar storage');
    expect(screen.queryByRole('grid')).toBeNull();
    expect(found()).toBe('0 of 4 techniques shown');
    expect(screen.getByText(/No technique matches/)).toBeTruthy();
  });
  test('all of them are taken away at once', () => {
    show(SAMPLE, '#state=blind&tactic=TA0009&q=x');
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(found()).toBe('4 of 4 techniques shown');
    expect(window.location.hash).toBe('');
    expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull();
  });
  test('a stroke goes to the search, but not from a field or the drawer', () => {
    show();
    const field = search();
    press('/');
    expect(document.activeElement).toBe(field);
    const letter = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
    field.dispatchEvent(letter);
    expect(letter.defaultPrevented).toBe(false);
    focusOn(tile('TA0009/T1530'));
    press('Enter');
    expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
    const isLeftAlone = fireEvent.keyDown(document.activeElement ?? document.body, { key: '/' });
    expect(isLeftAlone).toBe(true);
    expect(document.activeElement).not.toBe(field);
  });
  test('a link restores provider, filter, search and the open cell', () => {
    show(SAMPLE, '#cell=T1078@aws&provider=aws&state=partial&q=valid');
    expect(screen.getByRole('dialog')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Valid Accounts' })).toBeTruthy();
    expect(screen.getByText('1 of 4 techniques shown')).toBeTruthy();
  });
});

describe('the drawer', () => {
  test('says why, which rules, what was played and what was not', () => {
    show(SAMPLE, '#T1078@aws');
    const drawer = within(screen.getByRole('dialog'));
    expect(drawer.getAllByText('so it is partial')[0]?.dataset.kind).toBe('state');
    expect(drawer.getByText('Login from afar')).toBeTruthy();
    expect(drawer.getByText('rules/login.yml')).toBeTruthy();
    expect(drawer.getByText('1 of 4 alerted')).toBeTruthy();
    expect(drawer.getByText(/at least 10.0 % with 90 % confidence/)).toBeTruthy();
    expect(drawer.getByText('one rule only')).toBeTruthy();
    const [passed, missed] = drawer.getAllByRole('listitem').filter((item) => item.closest('.evidence'));
    expect(passed?.textContent).toMatch(
      /✓ alerted.*A login from a new country.*synthetic · 2026-03-17 · 3 events.*alerted: Login from afar/,
    );
    expect(missed?.textContent).toMatch(/✕ logged, no alert.*no rule looks at the root user/);
    const unplayed = drawer.getAllByText(/not played yet/).map((item) => item.closest('li')?.textContent);
    expect(unplayed).toHaveLength(1);
    expect(unplayed[0]).toContain('A key is used');
    expect(drawer.getByText('nepho explain T1078 --on aws')).toBeTruthy();
  });
  test('tells the steps that matter, and the arithmetic on demand', () => {
    show(SAMPLE, '#T1078@aws');
    const drawer = within(screen.getByRole('dialog'));
    const all = drawer.getByText('All 3 steps, with every number').closest('details');
    expect(all?.open).toBe(false);
    expect(all?.querySelectorAll('li')).toHaveLength(3);
    const told = drawer.getAllByRole('listitem').filter((item) => item.dataset.kind && !item.closest('details'));
    expect(told.map((item) => item.dataset.kind)).toEqual(['applies', 'state']);
  });
  test('names broken rules with the reason', () => {
    show(SAMPLE, '#T1530@aws');
    const drawer = within(screen.getByRole('dialog'));
    expect(drawer.getByRole('heading', { name: 'Broken rules' })).toBeTruthy();
    expect(drawer.getByText('its log does not arrive')).toBeTruthy();
    expect(drawer.getByText('regressed: it once alerted')).toBeTruthy();
  });
  test('says that nothing is proven where nothing was played', () => {
    show(SAMPLE, '#T1036.001@aws');
    expect(screen.getByText(/nothing here is proven/)).toBeTruthy();
  });
  test('goes to the same technique on the other cloud', () => {
    show(SAMPLE, '#T1078@aws');
    const button = (name: RegExp) => within(screen.getByRole('dialog')).getByRole('button', { name });
    expect(button(/^AWS/).getAttribute('aria-current')).toBe('true');
    expect(button(/^Google Cloud/).getAttribute('aria-current')).toBeNull();
    fireEvent.click(button(/^Google Cloud/));
    expect(window.location.hash).toBe('#cell=T1078@gcp');
    expect(screen.getByText('nepho explain T1078 --on gcp')).toBeTruthy();
  });
});

describe('the lists', () => {
  test('name broken rules, their reasons and what they would cover', () => {
    show();
    const rows = section(/^Broken rules/)
      .getAllByRole('row')
      .slice(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.textContent).toContain('Bucket read in bulk');
    expect(rows[0]?.textContent).toContain('no-telemetry: its log does not arrive');
    expect(rows[0]?.textContent).toContain('T1530 Data from Cloud Storage, AWS');
  });
  test('name the rules that cells hang on alone, and those that count nowhere', () => {
    show();
    expect(section(/hang on alone/).getByText('2 cells would be uncovered if the one rule broke.')).toBeTruthy();
    expect(section(/count nowhere/).getByText('it names no technique')).toBeTruthy();
  });
  test('open the drawer of a cell and keep the filter in their links', () => {
    show(SAMPLE, '#provider=aws');
    const link = section(/^Broken rules/).getByRole('link', { name: /T1530/ });
    expect(link.getAttribute('href')).toBe('#cell=T1530@aws&provider=aws');
    fireEvent.click(link);
    expect(screen.getByRole('heading', { name: 'Data from Cloud Storage' })).toBeTruthy();
  });
  test('leave a click that opens a tab to the browser', () => {
    show();
    const link = section(/^Broken rules/).getByRole('link', { name: /T1530/ });
    fireEvent.click(link, { ctrlKey: true });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
  test('say that they are empty', () => {
    show({ coverage: { cells: [cell('T1', 'aws', 'blind')] } });
    expect(screen.getByText('No rule is broken.')).toBeTruthy();
    expect(screen.getByText('No cell hangs on one rule.')).toBeTruthy();
    expect(screen.getByText('Every rule touches a cell.')).toBeTruthy();
  });
});

describe('the page for leadership', () => {
  const leadership = { ...SAMPLE, audience: 'leadership' };

  test('has the three numbers, the worst gaps, the weakest cloud and what it needs, and no matrix', () => {
    show(leadership);
    expect(screen.queryByRole('grid')).toBeNull();
    const numbers = [...document.querySelectorAll('.figures .number')].map((number) => number.textContent);
    expect(numbers).toEqual(['0 of 3', '9.0 %', '1 of 2']);
    const gaps = section('What could happen unseen').getAllByRole('listitem');
    expect(gaps[0]?.textContent).toMatch(/On AWS, an attacker could read data from cloud storage.*2 ways were played/);
    expect(section('Where it is thin').getByRole('row', { name: /weakest/ }).textContent).toMatch(/^AWS/);
    expect(section('What it needs').getAllByRole('listitem')[0]?.textContent).toMatch(/^Repair 1 broken rule/);
    expect(section('What changed').getByText(/fallen silent: Data from Cloud Storage/)).toBeTruthy();
    expect(section(/^How this was measured/).getByText(/2 of 9 known ways to attack were played/)).toBeTruthy();
  });
});

describe('whatever the data', () => {
  test.each(['engineering', 'leadership'])('an empty page for %s is a whole page', (audience) => {
    show({ audience });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Detection coverage of the cloud');
    expect(screen.getByRole('main').textContent).not.toMatch(/NaN|undefined|Infinity|null/);
  });
});
