import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
import { SHOP, TASK, TASK_BODY } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const issue = (shortId: string, count: string, name: string, filename = 'shop/tasks.py'): unknown => ({
  id: shortId,
  shortId,
  title: 'DoesNotExist: Detector matching query does not exist.',
  count,
  userCount: 3,
  metadata: {
    type: 'DoesNotExist',
    value: 'Detector matching query does not exist.',
    filename,
    function: name,
  },
});

const ISSUES = JSON.stringify([
  issue('A-1', '12', 'process'),
  issue('SENTRY-5D9J', '610142', 'second'),
  issue('A-3', '7', 'nowhere'),
  { id: '9', shortId: 'A-9', title: 'KeyError: x', count: '1', metadata: { type: 'KeyError' } },
]);

const shop = (): string =>
  project({
    ...SHOP,
    'shop/tasks.py': TASK + TASK_BODY.replace('process', 'second') + TASK_BODY.replace('process', 'third'),
    'issues.json': ISSUES,
  });

test('import, then findings show events and users, and what crashed most comes first', () => {
  const cwd = shop();
  const run = danglint(['production', 'import', 'issues.json'], { cwd });
  expect([run.code, run.stdout]).toEqual([0, '']);
  expect(run.stderr).toBe(
    '.danglint/production.json: 3 issues, 610,161 events; 1 about something else left out.\n',
  );
  expect(readFileSync(join(cwd, '.danglint/production.json'), 'utf8')).toContain('"shortId":"SENTRY-5D9J"');
  const shown = danglint([], { cwd });
  expect(shown.stdout).toContain('production: 610,142 events, 3 users (SENTRY-5D9J)\n');
  expect(shown.stderr).not.toContain('Production:');
  const sorted = danglint(['--sort', 'production', '--output-format', 'json'], { cwd });
  const found: readonly { production: unknown; location: { row: number } }[] = JSON.parse(sorted.stdout);
  expect(found.map(({ location, production }) => [location.row, production])).toEqual([
    [14, { events: 610_142, users: 3, issues: ['SENTRY-5D9J'], split: false }],
    [8, { events: 12, users: 3, issues: ['A-1'], split: false }],
    [20, null],
  ]);
  expect(sorted.stderr).toBe(
    'Production: code found for 2 of 3 issues.\n' +
      '  A-3: 7 events, DoesNotExist: Detector matching query does not exist. -- no lookup in shop/tasks.py, function nowhere\n',
  );
});

test('--production for one run, --min-events, --no-production', () => {
  const cwd = shop();
  const lines = (...args: readonly string[]): number =>
    danglint(['--output-format', 'concise', ...args], { cwd }).stdout.split('\n').length - 1;
  expect(lines('--production', 'issues.json', '--min-events', '100')).toBe(1);
  expect(lines('--production', 'issues.json')).toBe(3);
  expect(danglint(['--min-events', '700000', '--production=issues.json'], { cwd }).code).toBe(0);
});

test('what cannot be read stops with 2', () => {
  const cwd = shop();
  const fails = (...args: readonly string[]): string => {
    const run = danglint(args, { cwd });
    expect(run.code).toBe(2);
    return run.stderr;
  };
  expect(fails('--sort', 'production')).toContain('`--sort production` needs production data');
  expect(fails('--production', 'nope.json')).toContain('production data cannot be read: no such file');
  expect(fails('--min-events', 'many')).toContain('"many" is no whole number');
  expect(fails('production', 'export', 'issues.json')).toContain('cannot "export"');
  expect(fails('production', 'import', 'shop/tasks.py')).toContain('--> shop/tasks.py');
  expect(fails('production', 'import')).toContain('an argument is missing');
});

test('a lookup that is handled by now: the issue says so', () => {
  const handled = TASK.replace('    detector = D', '    try:\n        detector = D').replace(
    '    detector.save()\n',
    '    except Detector.DoesNotExist:\n        return\n    detector.save()\n',
  );
  const cwd = project({ ...SHOP, 'shop/tasks.py': handled, 'issues.json': ISSUES });
  const run = danglint(['--production', 'issues.json'], { cwd });
  expect(run.stderr).toContain('A-1: 12 events');
  expect(run.stderr).toContain('the lookup in shop/tasks.py:9 is not reported here (verdict: handled)');
});
