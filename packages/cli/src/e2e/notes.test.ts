import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const warnings = (settings: string): string =>
  danglint(['-q'], { cwd: project({ ...SHOP, 'tests/test_x.py': '', 'danglint.toml': settings }) }).stderr;

describe('settings that can have no effect', () => {
  test.each([
    [
      'lint.per-file-ignores = { "shopp/**" = ["DNE001"] }',
      '`shopp/**` in `lint.per-file-ignores` matches no file',
    ],
    ['lint.per-file-ignores = { "shop" = ["DNE001"] }', '`shop` in `lint.per-file-ignores` matches no file'],
    ['[[domains]]\nname = "x"\nmodels = ["Detektor"]', '`Detektor` in `domains` is nowhere in the program'],
    ['src = ["backend/apps"]', '`backend/apps` in `src` is no folder'],
    ['django.handled-by = ["shop.nobody"]', '`shop.nobody` in `django.handled-by` is nowhere in the program'],
  ])('%s', (settings, warning) => {
    expect(warnings(settings)).toContain(`danglint: warning: ${warning}`);
  });

  test.each([
    ['lint.per-file-ignores = { "shop/**" = ["DNE001"], "tests/**" = ["DNE"], "!shop/x.py" = ["DNE2"] }'],
    ['lint.per-file-ignores = { "models.py" = ["DNE001"], "shop/*" = ["DNE002"] }'],
    ['[[domains]]\nname = "x"\nmodels = ["Detector"]'],
    ['django.handled-by = ["django.db"]'],
    ['src = ["shop"]'],
  ])('nothing is said of %s', (settings) => {
    expect(warnings(settings)).toBe('');
  });
});

describe('a project inside another', () => {
  const cwd = (): string => project({ 'pyproject.toml': '', 'backend/pyproject.toml': '', ...inBackend() });
  const inBackend = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries({ ...SHOP, 'shop/tasks.py': TASK }).map(([path, text]) => [`backend/${path}`, text]),
    );
  const NOTE = 'The program is backend, a project of its own: code outside it was not read.\n';

  test('is told to be the program, by check and explain', () => {
    const top = cwd();
    expect(danglint(['backend'], { cwd: top }).stderr).toContain(NOTE);
    expect(danglint(['explain', 'backend/shop/tasks.py:8'], { cwd: top }).stderr).toBe(NOTE);
    expect(danglint(['.'], { cwd: top }).stderr).not.toContain('The program is');
    expect(danglint(['backend', '--output-format', 'json'], { cwd: top }).stderr).toBe('');
  });
});

test('explain of a line that the file does not have', () => {
  const run = danglint(['explain', 'shop/models.py:9999'], { cwd: project(SHOP) });
  expect(run.stdout).toBe('shop/models.py:9999: no such line; the file has 6 lines.\n');
});
