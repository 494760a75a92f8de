import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';
import { EXITS, type Outcome } from '../exit.ts';
import { cleanUp, danglint, project, type RunOptions, start } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** Breaks something inside: what users see when danglint itself has a bug. */
const BUG = {
  NODE_OPTIONS: '--import data:text/javascript,Array.prototype.toSorted=()=>{throw(new(Error)(%22boom%22))}',
};

interface Example {
  readonly args: readonly string[];
  /** More files of the program. */
  readonly files?: Readonly<Record<string, string>>;
  readonly tasks?: string;
  readonly env?: RunOptions['env'];
}

const STALE =
  '{"version": 1, "findings": [{"path": "shop/tasks.py", "code": "DNE101", "fp": "00", "count": 1}, "ff"]}';

/** Command lines for each way to end. */
const EXAMPLES: Readonly<Record<Exclude<Outcome, 'interrupted'>, readonly Example[]>> = {
  clean: [
    { args: [], tasks: '' },
    { args: ['--exit-zero'] },
    { args: ['--fail-level', 'error', '--config', 'rules.task-argument-lookup = "warn"'] },
    { args: ['--diff', '--unfixable', 'ALL'] },
    { args: ['--help'] },
    { args: ['rule', 'DNE101'] },
    { args: ['--update-baseline'] },
    { args: [], tasks: '', files: { '.danglint-baseline.json': STALE } },
  ],
  fixed: [{ args: ['--fix'] }, { args: ['--fix-only'] }],
  findings: [
    { args: [] },
    { args: ['nope.py'], tasks: '' },
    { args: ['nope.py', '--fail-level', 'error'], tasks: '' },
    { args: ['nope.py', '--ignore', 'DNE901'], tasks: '' },
    { args: [], tasks: 'def f(:\n' },
    { args: ['--fix', '--unfixable', 'ALL'] },
    { args: ['--statistics'] },
    { args: ['-s'] },
    { args: ['--fail-level', 'info'], tasks: '', files: { '.danglint-baseline.json': STALE } },
  ],
  'would-change': [{ args: ['--diff'] }, { args: ['--diff', '--fix'] }],
  changed: [{ args: ['--fix', '--exit-non-zero-on-fix'] }],
  usage: [
    { args: ['--nope'] },
    { args: ['--select'] },
    { args: ['--color', 'red'] },
    { args: ['explain'] },
    { args: ['-i'] },
  ],
  config: [
    { args: ['--config', 'nope = 1'] },
    { args: ['--config', 'nope.toml'] },
    { args: [], files: { 'danglint.toml': 'select = 1\n' } },
    { args: [], files: { 'danglint.toml': 'x = [\n' } },
    { args: [], files: { 'danglint.toml': 'required-version = ">=99"\n' } },
    { args: ['--exit-zero'], files: { 'danglint.toml': 'lint.select = ["DNE999"]\n' } },
  ],
  input: [
    { args: ['--baseline', 'nope.json'] },
    { args: ['--production', 'nope.json'] },
    { args: ['--changed'] },
    { args: [], files: { '.danglint-baseline.json': '{' } },
    { args: ['--production', 'x.json'], files: { 'x.json': '{' } },
    { args: ['--sort', 'production'] },
  ],
  output: [{ args: ['-o', 'no/such/folder.txt'] }],
  internal: [{ args: [], env: BUG }],
};

const rows = Object.entries(EXAMPLES).flatMap(([outcome, examples]) =>
  examples.map((example) => [outcome as Exclude<Outcome, 'interrupted'>, example] as const),
);

test.each(rows)('%s: %j', (outcome, { args, tasks = TASK, env = {}, files = {} }) => {
  const run = danglint(args, { cwd: project({ ...SHOP, 'shop/tasks.py': tasks, ...files }), env });
  expect(run.code).toBe(EXITS[outcome].code);
});

test('docs/cli.md has a row for each way to end', () => {
  const page = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
  for (const { code, when } of Object.values(EXITS)) expect(page).toContain(`| ${code} | ${when} |`);
});

test('interrupted', async () => {
  const run = start(['-', '--fix'], project(SHOP), 'pipe');
  await new Promise((resolve) => setTimeout(resolve, 500));
  run.kill('SIGINT');
  const [code, signal] = (await once(run, 'close')) as [number | null, string | null];
  expect(signal === 'SIGINT' ? EXITS.interrupted.code : code).toBe(EXITS.interrupted.code);
});

test('an internal error asks for a report and shows its stack only on request', () => {
  const cwd = project(SHOP);
  const short = danglint([], { cwd, env: BUG }).stderr;
  expect(short).toMatch(
    /^danglint: internal error: boom\n {2}This is a bug in danglint\. Please report it: /,
  );
  expect(short).toMatch(/danglint \d+\.\d+\.\d+.*, node v\d+/);
  expect(short).not.toMatch(/\n\s+at /);
  expect(danglint([], { cwd, env: { ...BUG, DANGLINT_DEBUG: '1' } }).stderr).toMatch(/\n\s+at /);
});
