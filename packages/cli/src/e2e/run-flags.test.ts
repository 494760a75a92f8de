import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
import { MODELS, SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const SERVICES = `from .models import Detector


def load(detector_id):
    return Detector.objects.get(id=detector_id)
`;

const JOB = `from celery import shared_task

from shop.services import load


@shared_task
def process(detector_id):
    load(detector_id).save()
`;

const shop = (): string => project({ ...SHOP, 'shop/tasks.py': TASK });

test('--profile-rules tells on standard error what took how long, and leaves the findings as they are', () => {
  const cwd = shop();
  const run = danglint(['--profile-rules', '--output-format', 'json'], { cwd });
  expect(JSON.parse(run.stdout)).toEqual(JSON.parse(danglint(['--output-format', 'json'], { cwd }).stdout));
  expect(run.stderr).toMatch(/^ +\d+\.\d +reading and parsing$/m);
  expect(run.stderr).toMatch(/^ +\d+\.\d +linking and judging 1 lookups$/m);
  expect(run.stderr).toMatch(/^ +\d+\.\d +1 +1 {2}DNE101 task-argument-lookup$/m);
  expect(run.stderr).toMatch(/^ +\d+\.\d +1 +1 {2}fix: skip$/m);
  expect(danglint(['--profile-rules', '-s'], { cwd }).stderr).toBe('');
  expect(danglint(['--profile-rules', '--diff'], { cwd }).stderr).toContain('DNE101 task-argument-lookup');
});

test('--threads is taken, and changes nothing', () => {
  const cwd = shop();
  const out = (...args: readonly string[]): string => danglint(args, { cwd }).stdout;
  expect(out('--threads', '4')).toBe(out());
  expect(out('--threads=auto')).toBe(out());
});

test('preview is a setting too', () => {
  const run = danglint(['--config', 'preview = true', '--show-settings'], { cwd: shop() });
  expect(run.stdout).toContain('preview = true  # --config "preview = true"');
});

describe('src', () => {
  /** Two folders that could both be meant; `backend/apps` is a package itself, so that nothing gives it away. */
  const files = {
    'manage.py': '',
    'backend/apps/__init__.py': '',
    'backend/apps/shop/models.py': MODELS,
    'backend/apps/shop/services.py': SERVICES,
    'legacy/apps/shop/services.py': SERVICES,
    'jobs/tasks.py': JOB,
  };
  const found = (config: string): string =>
    danglint(['--output-format', 'concise'], { cwd: project({ ...files, 'danglint.toml': config }) }).stdout;

  test('names folders that imports start from', () => {
    const reached = 'backend/apps/shop/services.py:5:12: DNE101';
    expect(found('')).not.toContain('DNE101');
    expect(found('src = ["backend/apps"]')).toContain(reached);
    expect(found('src = ["./backend/apps/"]')).toContain(reached);
    expect(found('src = ["legacy/apps"]')).not.toContain(reached);
  });

  test('is a list of paths', () => {
    const run = danglint([], { cwd: project({ ...files, 'danglint.toml': 'src = "backend"' }) });
    expect([run.code, run.stderr.includes('`src`: "backend" is not a list')]).toEqual([2, true]);
  });
});

describe('links', () => {
  const LINKS = { FORCE_HYPERLINK: '1' };

  test('file names lead to their files where the terminal can (OSC 8)', () => {
    const cwd = shop();
    const target = `\u{1b}]8;;file://${hostname()}${join(cwd, 'shop/tasks.py')}\u{1b}\\`;
    for (const format of ['full', 'concise', 'grouped']) {
      const { stdout } = danglint(['--color', 'always', '--output-format', format], { cwd, env: LINKS });
      expect(stdout).toContain(target);
      expect(stdout.split('\u{1b}]8;;\u{1b}\\').length).toBe(stdout.split('\u{1b}]8;;file:').length);
    }
  });

  test('never without colours, in a pipe, in a file', () => {
    const cwd = shop();
    const none = (args: readonly string[], env: Readonly<Record<string, string>>): void =>
      expect(danglint(args, { cwd, env }).stdout).not.toContain('\u{1b}]8');
    none([], {});
    none(['--color', 'always'], {});
    none([], { ...LINKS, NO_COLOR: '1' });
    none(['--color', 'never'], LINKS);
    none(['--output-format', 'json', '--color', 'always'], LINKS);
  });
});

test.each([
  [['--select', 'RULE']],
  [['--select', 'DNE9', '--extend-select', 'RULE']],
  [['--ignore', 'RULE']],
  [['--per-file-ignores', 'shop/*:RULE']],
  [['--fixable', 'RULE']],
  [['--unfixable', 'RULE']],
  [['--config', 'lint.extend-unsafe-fixes = ["RULE"]']],
  [['--config', 'rules.RULE = "info"']],
])('%j takes the name of a rule as it takes its code', (flags) => {
  const cwd = shop();
  const [byCode, byName] = ['DNE101', 'task-argument-lookup'].map((rule) => {
    const given = flags.map((flag) => flag.replace('RULE', rule));
    const { code, stdout, stderr } = danglint([...given, '--output-format', 'concise'], { cwd });
    return { code, stdout, stderr };
  });
  expect(byName).toEqual(byCode);
  expect(byName?.code).not.toBe(2);
});
