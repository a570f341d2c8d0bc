// page.mjs PAGE: opens the page of the example in Debian's Chromium and holds it to its promises.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(top, 'web/package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const file = process.argv[2];
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
  async 'has no violation in light, dark and narrow, nor in its drawer'() {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await open({ colorScheme });
      await hasNoViolation(page, colorScheme);
      await page.setViewportSize({ width: 390, height: 844 });
      await hasNoViolation(page, `${colorScheme}, narrow`);
      await close();
      const drawer = await open({ colorScheme, hash: '#T1530@aws' });
      await drawer.page.getByRole('dialog').waitFor();
      await drawer.page.waitForTimeout(300);
      await hasNoViolation(drawer.page, `${colorScheme}, drawer`);
      await drawer.close();
    }
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
  async 'is one sheet for leadership, without the matrix'() {
    const path = file.replace('.html', '-leadership.html');
    writeFileSync(path, readFileSync(file, 'utf8').replace('"audience":"engineering"', '"audience":"leadership"'));
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await open({ path, shows: '.one-page', colorScheme });
      assert.equal(await page.locator('[role=grid]').count(), 0);
      assert.match(await page.locator('main').textContent(), /On paper[\s\S]*baseline/i);
      await hasNoViolation(page, `leadership, ${colorScheme}`);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1, 'sheets');
      await close();
    }
  },
  async 'shows what attackers wrote as text'() {
    const html = readFileSync(file, 'utf8');
    const [, json] = html.match(/id="nephometer-data">([^<]*)</);
    const corpus = process.env.NEPHO_SHARED ?? join(top, '../shared');
    const xss = join(corpus, 'data/corpora/xss-payloads/Intruder/xss-payload-list.txt');
    const naughty = join(corpus, 'data/corpora/naughty-strings/blns.json');
    const payloads = [
      '<script>alert(1)</script>',
      '</script><script>alert(1)</script>',
      '<!--<script>',
      '"><img src=x onerror=alert(1)>',
      "' onfocus=alert(1) autofocus='",
      'javascript:alert(1)',
      '<svg onload=alert(1)>',
      '{{7*7}}',
      '</title><b>',
      '\u202e<b>',
      '&lt;b&gt;',
      ']]><x>',
      '__proto__',
    ];
    if (existsSync(xss)) payloads.push(...readFileSync(xss, 'utf8').split('\n').filter(Boolean));
    else console.log('  without xss-payloads: not beside the checkout');
    if (existsSync(naughty)) payloads.push(...JSON.parse(readFileSync(naughty, 'utf8')).filter((text) => text.trim()));
    else console.log('  without naughty-strings: not beside the checkout');
    // Each text of others gets its payloads in turn; what the page keys on (ids, states) stays.
    const texts = new Set([
      'name',
      'path',
      'reason',
      'text',
      'organisation',
      'level',
      'status',
      'applicable_reason',
      'program_version',
      'unmapped',
    ]);
    const page = async (of) => {
      let at = 0;
      const laid = JSON.stringify(
        JSON.parse(json, (key, value) =>
          texts.has(key) && typeof value === 'string' && value && !/^#/.test(value) ? of(at++) : value,
        ),
      );
      const path = file.replace('.html', '-text.html');
      writeFileSync(
        path,
        html.replace(json, () => laid.replaceAll('<', '\\u003c')),
      );
      const opened = await open({ path, hash: '#T1530@aws' });
      await opened.page.getByRole('dialog').waitFor();
      await opened.page.waitForFunction(() => document.querySelector('[data-entering]') === null);
      const shape = await outline(opened.page);
      await opened.close();
      return { shape, used: at };
    };
    const plain = await page((at) => `n${at}`);
    for (let from = 0; from < payloads.length; from += plain.used) {
      const hostile = await page((at) => `n${at} ${payloads[(from + at) % payloads.length]}`);
      assert.equal(hostile.shape, plain.shape);
    }
    console.log(`  ${payloads.length} payloads`);
  },
};

let failed = 0;
for (const [name, run] of Object.entries(tests)) {
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
