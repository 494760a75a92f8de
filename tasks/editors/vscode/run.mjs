/**
 * The extension in a real VS Code: code-server in Debian's Chromium, driven by playwright-core. Not part of CI: it needs 750 MB and
 * minutes to install.
 *
 *   node tasks/editors/vscode/run.mjs CODE_SERVER_FOLDER PICTURES_FOLDER
 *
 * CODE_SERVER_FOLDER has node@24, code-server and playwright-core in its node_modules; `chromium` is on the PATH. Opens the project
 * of the other editors, waits for a squiggle, hovers it, saves with fixes on save switched on, applies a quick fix in a second
 * file, and looks for error messages. Prints `ok` and `not ok` lines; pictures of each step are in PICTURES_FOLDER.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [home = '.', pictures = '.'] = process.argv.slice(2).map((one) => path.resolve(one));
const here = fileURLToPath(new URL('.', import.meta.url));
const vsix = path.join(here, '../../../packages/vscode/dist/danglint.vsix');
const modules = path.join(home, 'node_modules');
const { chromium } = createRequire(path.join(home, 'package.json'))('playwright-core');
const PORT = 8765;

const folder = mkdtempSync(path.join(os.tmpdir(), 'danglint-vscode-'));
const project = path.join(folder, 'project');
cpSync(path.join(here, '../project'), project, { recursive: true });
mkdirSync(path.join(project, '.vscode'));
const settings = {
  '[python]': { 'editor.codeActionsOnSave': { 'source.fixAll.danglint': 'explicit' } },
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'git.enabled': false,
};
writeFileSync(path.join(project, '.vscode/settings.json'), JSON.stringify(settings));
mkdirSync(pictures, { recursive: true });

const node = path.join(modules, 'node/bin/node');
const places = [
  '--user-data-dir',
  path.join(folder, 'data'),
  '--extensions-dir',
  path.join(folder, 'extensions'),
];
const server = path.join(modules, 'code-server/out/node/entry.js');
const env = {
  ...process.env,
  XDG_CONFIG_HOME: path.join(folder, 'config'),
  PATH: `${path.dirname(node)}:${process.env['PATH'] ?? ''}`,
};
const installed = spawnSync(node, [server, ...places, '--install-extension', vsix], {
  env,
  encoding: 'utf8',
});
check('the extension is installed', installed.status === 0, installed.stderr);
const options = [
  '--auth',
  'none',
  '--bind-addr',
  `127.0.0.1:${PORT}`,
  '--disable-workspace-trust',
  '--disable-telemetry',
];
const code = spawn(node, [server, ...places, ...options, project], { env, stdio: 'ignore' });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await drive(await browser.newPage({ viewport: { width: 1400, height: 900 } }));
} finally {
  await browser.close();
  code.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {any} page */
async function drive(page) {
  await connect(page);
  await openFile(page, 'tasks.py');
  const squiggle = await seen(page, '.squiggly-error, .squiggly-warning', 60_000);
  await picture(page, 'squiggle');
  check('a squiggle is seen', squiggle, 'none in a minute');
  await page
    .locator('.view-line', { hasText: 'Detector.objects.get' })
    .locator('span >> text=objects')
    .first()
    .hover()
    .catch(() => null);
  const hover = await seen(page, '.monaco-hover >> text=escapes', 30_000);
  await picture(page, 'hover');
  check('the hover tells the verdict', hover, 'no such hover');
  await page.keyboard.press('Escape');
  await page.locator('.view-line', { hasText: 'Detector.objects.get' }).first().click();
  await page.keyboard.press('Control+s');
  const text = () => readFileSync(path.join(project, 'shop/tasks.py'), 'utf8');
  const saved = await until(() => text().includes('.first()'), 60_000);
  await picture(page, 'saved');
  check('fix on save is on the disk', saved, text());
  await openFile(page, 'lookup.py');
  await seen(page, '.squiggly-error, .squiggly-warning', 60_000);
  await page.locator('.view-line', { hasText: 'Detector.objects.get' }).first().click();
  await page.keyboard.press('Control+.');
  const offered = await seen(page, '.action-widget >> text=Say so in both files', 60_000);
  await picture(page, 'quick-fix');
  check('a quick fix is offered', offered, 'not in the menu');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const applied = await seen(page, '.view-line >> text=/danglint:.ignore/', 30_000);
  await picture(page, 'applied');
  check('a quick fix is applied', applied, 'the text is as it was');
  const errors = await page.locator('.notification-toast .codicon-error').count();
  await picture(page, 'end');
  check('no message of an error', errors === 0, `${errors} of them`);
}

/** @param {any} page */
async function connect(page) {
  const reached = await until(async () => {
    try {
      await page.goto(`http://127.0.0.1:${PORT}/?folder=${encodeURIComponent(project)}`);
      return await seen(page, '.monaco-workbench', 40_000);
    } catch {
      return false;
    }
  }, 160_000);
  check('VS Code is there', reached, 'not in time');
}

/**
 * @param {any} page
 * @param {string} name
 */
async function openFile(page, name) {
  await page.keyboard.press('Control+p');
  await page.waitForSelector('.quick-input-widget input', { timeout: 60_000 });
  await page.keyboard.type(name);
  await page.waitForSelector(`.quick-input-list >> text=${name}`, { timeout: 60_000 });
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.tab.active >> text=${name}`, { timeout: 60_000 });
}

/**
 * @param {any} page
 * @param {string} selector
 * @param {number} timeout
 * @returns {Promise<boolean>}
 */
function seen(page, selector, timeout) {
  return page.waitForSelector(selector, { timeout }).then(
    () => true,
    () => false,
  );
}

/**
 * @param {() => boolean | Promise<boolean>} test
 * @param {number} time
 */
async function until(test, time) {
  const end = Date.now() + time;
  while (Date.now() < end) {
    if (await test()) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

/**
 * @param {any} page
 * @param {string} name
 */
function picture(page, name) {
  return page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/**
 * @param {string} name
 * @param {boolean} passed
 * @param {unknown} why
 */
function check(name, passed, why) {
  console.log(passed ? `ok ${name}` : `not ok ${name}: ${String(why)}`);
  if (!passed) process.exitCode = 1;
}
