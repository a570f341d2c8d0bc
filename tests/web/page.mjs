// page.mjs PAGE BARE: opens the page of the example in Debian's Chromium and holds it to its promises; BARE is the same before anything
// was played.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { payloads, small, withSuffix } from './payloads.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(top, 'web/package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [, , file, bare] = process.argv;
const only = process.env.ONLY ?? ''; // a part of a test's name, to run it alone
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });

// A page of its own for each test; anything on the console, a request or an error fails it.
async function open({ path = file, hash = '', shows = '[role=grid]', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on('request', (request) => request.url().startsWith('file:') || faults.push(request.url()));
  await page.goto(`file://${path}${hash}`);
  await page.locator(shows).first().waitFor();
  const close = async () => {
    assert.deepEqual(faults, []);
    await context.close();
  };
  return { page, close };
}

async function hasNoViolation(page, where) {
  // axe goes in as the debugger's own script, which the page's policy does not concern.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.map((item) => `${item.id}: ${item.nodes.slice(0, 3).map((node) => node.html)}`);
  assert.deepEqual(found, [], where);
}

// A phone, the narrowest that WCAG 2.2 asks for (1.4.10), and a window of 1280 pixels at 200 %.
const VIEWS = {
  desk: {},
  phone: { viewport: { width: 390, height: 844 } },
  narrowest: { viewport: { width: 320, height: 640 } },
  'at 200 %': { viewport: { width: 640, height: 512 }, deviceScaleFactor: 2 },
};

// The page itself never scrolls sideways.
const fits = async (page, where) =>
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    `${where}: wider than the window`,
  );

const hasEntered = (page) => page.waitForFunction(() => document.getAnimations().length === 0);

const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-tile') ?? '');
// Sorted: lists are in the order of names, which payloads change.
const outline = (page) =>
  page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .map((e) => `${e.localName}.${e.getAttributeNames().sort()}`)
      .sort()
      .join('\n'),
  );

const tests = {
  async 'has no violation in light, dark, narrow and magnified, nor in its drawer'() {
    for (const colorScheme of ['light', 'dark']) {
      for (const [view, options] of Object.entries(VIEWS)) {
        const { page, close } = await open({ colorScheme, ...options });
        await hasNoViolation(page, `${colorScheme}, ${view}`);
        await fits(page, view);
        await close();
        const drawer = await open({ colorScheme, ...options, hash: '#T1530@aws' });
        await drawer.page.getByRole('dialog').waitFor();
        await hasEntered(drawer.page);
        await hasNoViolation(drawer.page, `${colorScheme}, ${view}, drawer`);
        await drawer.close();
      }
    }
  },
  async 'moves nothing for those who asked for that'() {
    const { page, close } = await open({ reducedMotion: 'reduce' });
    await page.locator('[role=grid] [data-tile]').first().click();
    await page.getByRole('dialog').waitFor();
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await close();
  },
  async 'shows where the focus is on all that takes it'() {
    const { page, close } = await open();
    const kinds = new Set();
    for (let at = 0; at < 60; ++at) {
      await page.keyboard.press('Tab');
      const [kind, outline] = await page.evaluate(() => {
        const { activeElement: element } = document;
        const style = getComputedStyle(element);
        return [
          `${element.localName}.${element.className}`,
          style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
        ];
      });
      if (kind.startsWith('body')) break;
      kinds.add(kind);
      assert.ok(outline >= 2, kind);
    }
    assert.ok(kinds.size >= 6, [...kinds].join());
    await close();
  },
  async 'is walked by keyboard'() {
    const { page, close } = await open();
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'input');
    await page.keyboard.type('T1530');
    await page
      .getByRole('status')
      .filter({ hasText: /^1 of / })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[role=grid] [data-tile]').first().focus();
    const start = await focused(page);
    await page.keyboard.press('ArrowRight');
    const right = await focused(page);
    assert.notEqual(right, start);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), right);
    await page.keyboard.press('End');
    assert.match(await focused(page), /^TA0040\//);
    await page.keyboard.press('Home');
    assert.equal(await focused(page), start);
    assert.equal(await page.locator('[role=grid] [tabindex="0"]').count(), 1);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The focus comes back in the frame after the one in which the drawer goes.
    await page.waitForFunction((tile) => document.activeElement?.getAttribute('data-tile') === tile, start, {
      timeout: 5_000,
    });
    await close();
  },
  async 'opens what a link names, and nothing that it makes up'() {
    const { page, close } = await open({ hash: '#cell=T1530@aws&state=mapped' });
    assert.match(await page.getByRole('dialog').textContent(), /Data from Cloud Storage/);
    await close();
    const bad = await open({ hash: '#cell=%3Cimg%3E&provider=x&state=y&tactic=z' });
    assert.equal(await bad.page.getByRole('dialog').count(), 0);
    await bad.close();
  },
  async 'prints its headline first and the heatmap as an appendix'() {
    const { page, close } = await open();
    await page.emulateMedia({ media: 'print' });
    // One sheet for all providers together, and one for each when there are several.
    await page.locator('.appendix').first().waitFor();
    assert.equal(await page.locator('.appendix').count(), 4);
    assert.equal(await page.locator('.on-paper [role=grid]').count(), 0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.length > 20_000);
    await close();
  },
  async 'cuts no cell in two on paper'() {
    const { page, close } = await open();
    await page.emulateMedia({ media: 'print' });
    await page.locator('.appendix').first().waitFor();
    const whole = await page.evaluate(() =>
      [...document.querySelectorAll('.printed .tile, tr, .measure')].every(
        (element) => getComputedStyle(element).breakInside === 'avoid',
      ),
    );
    assert.ok(whole);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    // Headline and lists upright, then a sheet across for each heatmap: none flows over onto another.
    const across = pdf.toString('latin1').match(/\/MediaBox\s*\[0 0 84[12][.\d]* 59[456][.\d]*\]/g) ?? [];
    assert.equal(across.length, 4, 'sheets across');
    await close();
  },
  async 'is one sheet for leadership, without the matrix, with evidence and without'() {
    for (const [name, from] of Object.entries({ played: file, bare })) {
      const path = file.replace('.html', '-leadership.html');
      writeFileSync(path, readFileSync(from, 'utf8').replace('"audience":"engineering"', '"audience":"leadership"'));
      for (const colorScheme of ['light', 'dark']) {
        const { page, close } = await open({ path, shows: '.one-page', colorScheme });
        assert.equal(await page.locator('[role=grid]').count(), 0);
        const text = await page.locator('main').textContent();
        assert.match(
          text,
          /Baseline proven[\s\S]*On paper[\s\S]*What could happen unseen[\s\S]*Once inside[\s\S]*weakest[\s\S]*What it needs[\s\S]*What changed/,
        );
        assert.equal(/no attack has been played/.test(text), name === 'bare');
        await hasNoViolation(page, `leadership, ${name}, ${colorScheme}`);
        const pdf = await page.pdf({ preferCSSPageSize: true });
        assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1, 'sheets');
        await page.setViewportSize({ width: 320, height: 640 });
        await hasNoViolation(page, `leadership, ${name}, ${colorScheme}, narrowest`);
        await fits(page, 'leadership');
        await close();
      }
    }
  },
  async 'shows what attackers wrote as text, in every field'() {
    const html = readFileSync(file, 'utf8');
    const [, json] = html.match(/id="nephometer-data">([^<]*)</);
    const cell = 'T1530@aws';
    const data = small(JSON.parse(json), cell);
    const path = file.replace('.html', '-text.html');
    const shapes = async (suffix) => {
      const found = [];
      for (const audience of ['engineering', 'leadership']) {
        const laid = JSON.stringify(withSuffix({ ...data, audience }, suffix));
        writeFileSync(
          path,
          html.replace(json, () => laid.replaceAll('<', '\\u003c')),
        );
        const shows = audience === 'engineering' ? '[role=dialog]' : '.one-page';
        const hash = `#cell=${encodeURIComponent(
          cell
            .split('@')
            .map((id) => id + suffix)
            .join('@'),
        )}`;
        const opened = await open({ path, hash, shows });
        await hasEntered(opened.page);
        found.push(await outline(opened.page));
        await opened.close();
      }
      return found;
    };
    const plain = await shapes(' n');
    const all = payloads(process.env.NEPHO_SHARED ?? join(top, '../shared'));
    // Many at once, each in every field: with thousands of them one page each would take an hour.
    const BATCH = 700;
    for (let from = 0; from < all.length; from += BATCH) {
      assert.deepEqual(await shapes(` ${all.slice(from, from + BATCH).join(' ')}`), plain, `payloads from ${from}`);
    }
    console.log(`  ${all.length} payloads`);
  },
};

let failed = 0;
for (const [name, run] of Object.entries(tests)) {
  if (!name.includes(only)) continue;
  try {
    await run();
    console.log(`ok   the page ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL the page ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
