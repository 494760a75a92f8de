/**
 * `node tasks/formats/page.mjs [FOLDER]`: the HTML report of examples/shop in a real browser: nothing is fetched, searched, filtered,
 * walked by key, read as a screen reader reads it. Screenshots in both themes go to FOLDER (default: reports/page).
 *
 * Needs Chromium (CHROMIUM names it) and brings puppeteer-core itself; it is no part of CI.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(root, 'reports/page'));
const chromium =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
    existsSync(file),
  );
if (chromium === undefined) {
  console.error('no Chromium: install it, or name it in CHROMIUM');
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const report = path.join(folder, 'report.html');
writeReport();

const cache = path.join(root, 'node_modules/.cache/danglint-page');
const require = createRequire(path.join(cache, 'package.json'));
if (!existsSync(path.join(cache, 'node_modules/puppeteer-core'))) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(path.join(cache, 'package.json'), '{"private": true}\n');
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', 'puppeteer-core@24'], {
    cwd: cache,
    stdio: 'inherit',
  });
  if (npm.status !== 0) process.exit(2);
}
const { default: puppeteer } = await import(pathToFileURL(require.resolve('puppeteer-core')).href);

const failed = [];
const expect = (what, ok, seen) => {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}${ok ? '' : `: ${JSON.stringify(seen)}`}`);
  if (!ok) failed.push(what);
};

const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const requests = [];
  const errors = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => (message.type() === 'error' ? errors.push(message.text()) : null));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(pathToFileURL(report).href);
  await screenshots(page);
  await filters(page);
  await keys(page);
  await screenReader(page);
  expect(
    'nothing is fetched',
    requests.every((url) => url.startsWith('file:')),
    requests,
  );
  expect('no errors', errors.length === 0, errors);
} finally {
  await browser.close();
}
console.log(failed.length === 0 ? `screenshots: ${folder}` : `${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function writeReport() {
  const data = path.join(folder, 'issues.json');
  const issue = (shortId, count, model, filename, fn) => ({
    id: shortId,
    shortId,
    title: `DoesNotExist: ${model} matching query does not exist.`,
    count: String(count),
    userCount: 40,
    metadata: {
      type: 'DoesNotExist',
      value: `${model} matching query does not exist.`,
      filename,
      function: fn,
    },
  });
  const issues = [
    issue('SHOP-1', 72_700, 'Subscription', 'billing/tasks.py', 'flush_usage_buffer'),
    issue('SHOP-2', 610_142, 'Detector', 'workflow/detectors.py', '_get_detector_for_event'),
  ];
  writeFileSync(data, JSON.stringify(issues));
  const danglint = path.join(root, 'packages/cli/dist/danglint.js');
  const args = [danglint, '--output-format', 'html', '-o', report, '--production', data, '-q'];
  const run = spawnSync(process.execPath, args, { cwd: path.join(root, 'examples/shop'), encoding: 'utf8' });
  if (run.status !== 1) throw new Error(`danglint ended with ${run.status}: ${run.stderr}`);
}

function shown(page) {
  return page.$$eval('ol.findings > li', (list) =>
    list.filter((li) => li.offsetParent !== null).map((li) => li.textContent),
  );
}

function output(page) {
  return page.$eval('form output', (element) => element.textContent);
}

async function screenshots(page) {
  for (const theme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.screenshot({ path: path.join(folder, `${theme}.png`) });
    const colors = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const other = await page.$eval('#theme', (button) => button.textContent);
    expect(
      `in the ${theme} theme the button leads to the other`,
      other === (theme === 'light' ? 'Dark theme' : 'Light theme'),
      other,
    );
    expect(`${theme} theme`, (colors === 'rgb(255, 255, 255)') === (theme === 'light'), colors);
  }
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  await page.click('#theme');
  const toggled = await page.evaluate(() => document.documentElement.dataset.theme);
  expect('the button changes the theme', toggled === 'dark', toggled);
  await page.click('#theme');
  await page.setViewport({ width: 390, height: 844 });
  await page.screenshot({ path: path.join(folder, 'narrow.png') });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect('a narrow window needs no scrolling sideways', wide <= 0, wide);
  await page.setViewport({ width: 1280, height: 900 });
}

async function filters(page) {
  const all = (await shown(page)).length;
  expect(
    'what crashed most comes first',
    /610,142 events/.test((await shown(page))[0] ?? ''),
    (await shown(page))[0],
  );
  await page.type('input[type=search]', 'Subscription billing');
  const found = await shown(page);
  const fit = found.every((text) => /subscription/i.test(text) && /billing/i.test(text));
  expect('a search shows what fits', found.length > 0 && found.length < all && fit, found.length);
  expect('and counts it', (await output(page)) === `${found.length} of ${all} findings`, await output(page));
  await page.screenshot({ path: path.join(folder, 'search.png') });
  await page.keyboard.press('Escape');
  expect('Escape clears it', (await shown(page)).length === all, (await shown(page)).length);
  await page.click('input[value=error]');
  const mild = await page.$$eval('ol.findings > li:not([hidden]) > article', (list) =>
    list.map((item) => item.dataset.severity),
  );
  expect('severities can be left out', mild.length > 0 && !mild.includes('error'), mild);
  await page.select('select[name=rule]', 'DNE301');
  expect(
    'a filter without a finding says so',
    (await shown(page)).length === 0 && (await page.$eval('#none', (p) => !p.hidden)),
    null,
  );
  await page.click('button[type=reset]');
  await page.waitForFunction(() => document.querySelectorAll('ol.findings > li[hidden]').length === 0);
  expect('Reset shows all', (await shown(page)).length === all, null);
}

async function keys(page) {
  const active = () =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('name'));
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect('j goes to the next finding', (await active()) === 'f2', await active());
  await page.keyboard.press('k');
  expect('k goes back', (await active()) === 'f1', await active());
  await page.keyboard.press('/');
  expect('/ goes to the search', (await active()) === 'text', await active());
  await page.keyboard.press('Escape');
}

async function screenReader(page) {
  const tree = await page.accessibility.snapshot({ interestingOnly: false });
  const nodes = [];
  const walk = (node, depth) => {
    nodes.push({ ...node, depth });
    for (const child of node.children ?? []) walk(child, depth + 1);
  };
  walk(tree, 0);
  writeFileSync(
    path.join(folder, 'tree.txt'),
    nodes
      .filter(({ role }) => !/^(generic|InlineTextBox|none)$/.test(role))
      .map(({ role, name, depth }) => `${'  '.repeat(depth)}${role} ${JSON.stringify(name ?? '')}`)
      .join('\n'),
  );
  const of = (role) => nodes.filter((node) => node.role === role);
  expect(
    'one main, one banner, one search',
    ['main', 'banner', 'search'].every((role) => of(role).length === 1),
    null,
  );
  const controls = nodes.filter(({ role }) => /^(button|checkbox|combobox|searchbox|link)$/.test(role));
  expect(
    'every control has a name',
    controls.length > 5 && controls.every(({ name }) => name),
    controls.filter(({ name }) => !name),
  );
  const articles = of('article');
  expect(
    'every finding is an article with its headline as name',
    articles.length > 10 && articles.every(({ name }) => /^(error|warning|info) DNE\d{3} /.test(name)),
    articles[0],
  );
  const levels = of('heading').map(({ level }) => level);
  expect(
    'headings: one of level 1, then level 2',
    levels[0] === 1 && levels.slice(1).every((level) => level === 2),
    levels.slice(0, 4),
  );
  expect(
    'paths are lists with a name',
    of('list').filter(({ name }) => name === 'Path of the exception').length === articles.length,
    null,
  );
  const words = nodes.map(({ name }) => name ?? '').join('\n');
  expect(
    'what a fix adds and removes is said in words',
    /added:/.test(words) && /removed:/.test(words),
    null,
  );
}
