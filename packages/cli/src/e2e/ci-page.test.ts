import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { cleanUp, project, put, shell } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const PAGE = readFileSync(new URL('../../../../docs/ci.md', import.meta.url), 'utf8');
const shop = (): string => project({ ...SHOP, 'shop/tasks.py': TASK });
const GIT =
  'git() { command git -c user.name=t -c user.email=t@example.org "$@"; }\ngit init -q -b main . && git add . && git commit -qm x';

/** The lines of docs/ci.md that run the command, as a shell would get them. */
const commands = PAGE.split('\n').flatMap(
  (line) => /^\s*(?:- run: |- )?(danglint (?!-0).*)$/.exec(line)?.[1] ?? [],
);
const runOf = (word: string): string => {
  const found = commands.find((line) => line.includes(word));
  if (found === undefined) throw new Error(`docs/ci.md has no command with ${word}`);
  return found.replaceAll(/\$\{\{.*?\}\}/g, 'main').replaceAll('origin/', '');
};

test('a baseline: the commands of the page leave CI green until something new comes', () => {
  const cwd = shop();
  const block = /```sh\n(danglint --statistics[^`]*)```/.exec(PAGE)?.[1] ?? '';
  const run = shell(`${GIT}\n${block}`, cwd);
  expect([run.code, run.stderr.split('\n').slice(-3)]).toEqual([
    0,
    ['All checks passed!', '1 finding of the baseline is not shown.', ''],
  ]);
  put(cwd, 'shop/more.py', TASK.replace('process', 'more'));
  const ci = shell(runOf('--output-format github'), cwd);
  expect([ci.code, ci.stdout.startsWith('::error title=danglint (DNE101),file=')]).toEqual([1, true]);
});

test('GitHub: annotations and a file of SARIF from one run', () => {
  const cwd = shop();
  const run = shell(runOf('danglint.sarif'), cwd);
  expect([run.code, run.stdout.startsWith('::error ')]).toEqual([1, true]);
  expect(readFileSync(join(cwd, 'danglint.sarif'), 'utf8')).toContain('"version": "2.1.0"');
});

test('GitHub: only what the pull request has to do with', () => {
  const cwd = shop();
  shell(`${GIT} && git checkout -qb own`, cwd);
  put(cwd, 'shop/more.py', TASK.replace('process', 'more'));
  const run = shell(runOf('--since'), cwd);
  expect(run.stdout.match(/^::error /gm)).toHaveLength(1);
  expect(run.stdout).toContain('shop/more.py');
});

test('GitLab: a log to read and a report', () => {
  const cwd = shop();
  const run = shell(runOf('gl-code-quality'), cwd);
  expect([run.code, run.stdout.startsWith('shop/tasks.py:8:16: DNE101')]).toEqual([1, true]);
  expect(JSON.parse(readFileSync(join(cwd, 'gl-code-quality-report.json'), 'utf8'))).toHaveLength(1);
});
