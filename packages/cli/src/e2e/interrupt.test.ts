import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';
import { EXITS } from '../exit.ts';
import { cleanUp, project, start } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** A program that takes a while. A shell shows a process that SIGINT ended as 130. */
function large(): string {
  const filler = 'def f(a):\n    return a\n'.repeat(4000);
  const files = Array.from({ length: 80 }, (_, i) => [`shop/m${i}.py`, TASK + filler] as const);
  return project({ ...SHOP, ...Object.fromEntries(files) });
}

test('Ctrl-C ends the run as an interrupted one, at once and without a word on standard output', async () => {
  const cwd = large();
  const run = start(['--output-format', 'json', '-o', 'out.json'], cwd);
  let output = '';
  run.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  run.kill('SIGINT');
  const [code, signal] = (await once(run, 'close')) as [number | null, NodeJS.Signals | null];
  expect(code === EXITS.interrupted.code || signal === 'SIGINT').toBe(true);
  expect(output).toBe('');
  expect(readdirSync(cwd).toSorted()).toEqual(['manage.py', 'shop']);
});
