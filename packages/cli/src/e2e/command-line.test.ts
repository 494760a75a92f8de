import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { COMMANDS } from '../args/commands.ts';
import { CHECK_FLAGS } from '../args/flags.ts';
import { EXITS } from '../exit.ts';
import { cleanUp, danglint, project, put, shell } from './danglint.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const clean = (): string => project({ 'manage.py': '', 'shop/models.py': 'x = 1\n' });

describe('arguments', () => {
  test.each([
    [['--selct', 'DNE1'], 'unknown flag `--selct`', 'did you mean `--select`?'],
    [['check', '--unsafe-fixs'], 'unknown flag `--unsafe-fixs`', 'did you mean `--unsafe-fixes`?'],
    [['--no-fx'], 'unknown flag `--no-fx`', 'did you mean `--no-fix`?'],
    [['--zzz=3'], 'unknown flag `--zzz`', 'see `danglint check --help`'],
    [['rule', '--statistics'], 'unknown flag `--statistics`', 'see `danglint rule --help`'],
    [['--output-format', 'jsn'], '`--output-format`: "jsn" is not one of', 'did you mean "json"?'],
    [['--color', 'yes'], '`--color`: "yes" is not one of auto, always, never', ''],
    [
      ['--fail-level', 'warn'],
      '`--fail-level`: "warn" is not one of error, warning, info',
      'did you mean "warning"?',
    ],
    [['--statistics', 'model'], '`model` would be a path, and there is none', 'write `--statistics=model`'],
    [['--statistics', 'rules'], '`rules` would be a path', 'write `--statistics=rule`'],
    [['--format', 'json'], 'unknown flag `--format`', 'did you mean `--output-format`?'],
    [['-x'], 'unknown flag `-x`', 'see `danglint check --help`'],
    [['-qx'], 'unknown flag `-x`', 'see `danglint check --help`'],
    [['help', 'chek'], 'unknown command `chek`', 'did you mean `check`?'],
    [['config', 'slect'], 'unknown setting `slect`', 'did you mean `lint.select`?'],
    [['completion', 'bsh'], 'no completion for "bsh"', 'did you mean `bash`?'],
    [['explain'], 'an argument is missing', '`danglint explain FILE:LINE[:COLUMN]`'],
    [['--select', 'DNE9999'], '`lint.select`: unknown rule `DNE9999`', ''],
    [['--exclude', '[x'], '`exclude`: bad glob pattern "[x"', ''],
    [['--output-format'], '`--output-format` needs a value', 'see `danglint check --help`'],
    [['-o'], '`-o` needs a value', ''],
    [['version', '-'], 'unknown argument `-`', 'see `danglint version --help`'],
    [['version', '--', '-q'], 'unknown argument `-q`', 'see `danglint version --help`'],
    [['production', 'import'], 'an argument is missing', '`danglint production import FILES...`'],
    [['--threads', 'many'], '`--threads`: "many" is neither a number of threads nor auto', ''],
    [['-w', '--profile-rules'], '`--watch` cannot be used with `--profile-rules`', ''],
    [['-', 'a.py'], '`-` (standard input) cannot be mixed with other paths', ''],
    [['--stdin-filename', 'a.py'], '`--stdin-filename` is for `-`', ''],
    [['--diff', '--show-fixes'], '`--show-fixes` cannot be used with `--diff`', ''],
    [['--config', 'nope.toml'], 'configuration file cannot be read: no such file or directory', ''],
    [['--config', 'lint.selct = []'], 'unknown key `lint.selct`', 'did you mean `select`?'],
    [['explain', 'a.py'], '"a.py" is no place', 'write FILE:LINE or FILE:LINE:COLUMN'],
    [['--isolated', 'explain', 'a.py'], '"a.py" is no place', 'write FILE:LINE or FILE:LINE:COLUMN'],
    [['rule', 'DNE10l'], 'unknown rule `DNE10l`', 'did you mean `DNE101`?'],
    [['config', 'lint.selec'], 'unknown setting `lint.selec`', 'did you mean `lint.select`?'],
  ])('%j stops with 2 and says why', (args, message, help) => {
    const run = danglint(args, { cwd: clean() });
    expect(run.code).toBe(EXITS.usage.code);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(help);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  test('`danglint PATHS` is `danglint check PATHS`; without a path the current folder is checked', () => {
    const cwd = clean();
    const runs = [['check', '.'], ['.'], [], ['check'], ['shop', 'manage.py']].map((args) =>
      danglint(args, { cwd }),
    );
    expect(runs.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(
      runs.map(() => [0, '', 'All checks passed!\n']),
    );
  });

  test('values after a space, an equals sign, commas and repetition', () => {
    const cwd = clean();
    const settings = (...args: readonly string[]): string | undefined =>
      danglint(['--show-settings', ...args], { cwd })
        .stdout.split('\n')
        .find((line) => line.startsWith('lint.select '));
    const expected = 'lint.select = ["DNE1", "unhandled-lookup"]  # --select';
    expect(settings('--select', 'DNE1,unhandled-lookup')).toBe(expected);
    expect(settings('--select=DNE1', '--select', ' unhandled-lookup')).toBe(expected);
  });

  test('what stands behind -- is no flag, and counts as an argument', () => {
    const run = danglint(['explain', '--', 'shop/models.py:1'], { cwd: clean() });
    expect(run.stderr).not.toContain('an argument is missing');
    expect(run.stdout).toContain('no lookup');
  });

  test('a list flag does not eat the path behind it', () => {
    const run = danglint(['--select', 'DNE1', 'shop', '--show-files'], { cwd: clean() });
    expect(run.stdout).toBe('shop/models.py\n');
  });

  test('paths after -- may start with a dash', () => {
    const cwd = clean();
    put(cwd, '-x.py', '');
    expect(danglint(['--show-files', '--', '-x.py'], { cwd }).stdout).toBe('-x.py\n');
  });
});

describe('help and version', () => {
  test('--help goes to standard output, names every command and shows how to begin', () => {
    const run = danglint(['--help'], { cwd: clean() });
    expect([run.code, run.stderr]).toEqual([0, '']);
    for (const { name, summary } of COMMANDS) {
      expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain(` ${name} ${summary}`);
    }
    expect(run.stdout).toContain('Examples:\n  danglint ');
    expect(danglint(['help'], { cwd: clean() }).stdout).toBe(run.stdout);
  });

  test('a command has help of its own: every flag, in groups, no line over 100 columns', () => {
    const { stdout } = danglint(['check', '-h'], { cwd: clean() });
    for (const { name, group } of CHECK_FLAGS) {
      expect(stdout).toMatch(new RegExp(`^ {2}.{4}--${name}\\b`, 'm'));
      expect(stdout).toContain(`\n${group}:\n`);
    }
    expect(stdout).toContain('-o, --output-file <FILE>');
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(danglint(['help', 'lookups'], { cwd: clean() }).stdout).toContain('--by <WHAT>');
  });

  test('the version, for people and programs', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    const cwd = clean();
    expect(danglint(['version'], { cwd }).stdout).toBe(`danglint ${version}\n`);
    expect(danglint(['--version'], { cwd }).stdout).toBe(`danglint ${version}\n`);
    expect(danglint(['-V'], { cwd }).stdout).toBe(`danglint ${version}\n`);
    expect(JSON.parse(danglint(['version', '--output-format', 'json'], { cwd }).stdout)).toEqual({ version });
  });

  test('rules are listed and explained', () => {
    const cwd = clean();
    expect(danglint(['rule'], { cwd }).stdout).toMatch(/^DNE101 {2}task-argument-lookup +error /m);
    expect(danglint(['rule', 'dne101'], { cwd }).stdout).toContain('# task-argument-lookup (DNE101)');
    const some = danglint(['rule', 'DNE3'], { cwd }).stdout.trimEnd().split('\n');
    expect(some.every((line) => line.startsWith('DNE3'))).toBe(true);
    const data: unknown = JSON.parse(danglint(['rule', 'DNE101', '--output-format', 'json'], { cwd }).stdout);
    expect(data).toMatchObject({
      code: 'DNE101',
      name: 'task-argument-lookup',
      fix_availability: 'Sometimes',
    });
  });

  test('the pages of rules are for readers: nothing in them is for their tests', () => {
    const all = danglint(['rule', '--all'], { cwd: clean() }).stdout;
    expect(all.match(/^# \S+ \(DNE\d{3}\)$/gm)?.length).toBeGreaterThan(20);
    expect(all).not.toMatch(/^```\w+ /m);
    expect(all).not.toMatch(/# (?:error|warn|info|miss|noise): \[/);
    const shown = danglint(['rule', 'DNE101', '--color', 'always'], { cwd: clean() }).stdout;
    expect(shown).not.toContain('```');
    expect(shown).toContain('    def flush_usage_buffer(subscription_id):\n');
  });

  test('settings are listed and described, and there is a JSON Schema', () => {
    const cwd = clean();
    expect(danglint(['config'], { cwd }).stdout.split('\n')).toContain('lint.per-file-ignores');
    expect(danglint(['config', 'fix.style'], { cwd }).stdout).toContain('Default: "auto"');
    expect(JSON.parse(danglint(['config', '--schema'], { cwd }).stdout)).toMatchObject({ type: 'object' });
  });
});

test('completion: bash offers commands, flags of the command, and values', () => {
  const cwd = clean();
  const complete = (...words: readonly string[]): readonly string[] =>
    shell(
      `eval "$(danglint completion bash)"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); ` +
        `COMP_CWORD=${words.length - 1}; _danglint; printf '%s\\n' "\${COMPREPLY[@]}"`,
      cwd,
    )
      .stdout.trimEnd()
      .split('\n');
  expect(complete('danglint', 'ch')).toEqual(['check']);
  expect(complete('danglint', '--unsafe')).toEqual(['--unsafe-fixes']);
  expect(complete('danglint', 'lookups', '--b')).toEqual(['--by']);
  expect(complete('danglint', '--output-format', 'git')).toEqual(['github', 'gitlab']);
  expect(complete('danglint', 'check', 'man')).toEqual(['manage.py']);
  expect(complete('danglint', '--ignore', 'DNE20')).toContain('DNE201');
  expect(complete('danglint', 'check', '--select', 'reraised')).toEqual(['reraised-missing-row']);
  expect(complete('danglint', 'rule', 'DNE101')).toEqual(['DNE101']);
  expect(danglint(['completion', 'tcsh'], { cwd }).code).toBe(2);
});

describe('which files', () => {
  test('tests, migrations, ignored files and virtual environments are left out; named ones are not', () => {
    const cwd = project({
      'pyproject.toml': '',
      'app/models.py': '',
      'app/tests/test_a.py': '',
      'app/migrations/0001.py': '',
      'app/test_b.py': '',
      'shop_tests/base.py': '',
      'unittests/base.py': '',
      'env/pyvenv.cfg': '',
      'env/lib/x.py': '',
      '.gitignore': 'gen/\n',
      'gen/a.py': '',
    });
    const files = (...args: readonly string[]): readonly string[] =>
      danglint(['--show-files', ...args], { cwd })
        .stdout.trimEnd()
        .split('\n');
    expect(files()).toEqual(['app/models.py']);
    expect(files('app/tests/test_a.py', 'gen/a.py')).toEqual(['app/tests/test_a.py', 'gen/a.py']);
    expect(files('--force-exclude', 'app/tests/test_a.py', 'app/models.py')).toEqual(['app/models.py']);
    expect(files('--no-respect-gitignore')).toEqual(['app/models.py', 'gen/a.py']);
    expect(files('--exclude', 'gen')).toContain('app/tests/test_a.py');
  });

  test('nothing to check is said', () => {
    const run = danglint(['app/tests'], { cwd: project({ 'manage.py': '', 'app/tests/test_a.py': '' }) });
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toContain('no Python files found under the given paths; 1 is excluded');
  });
});

describe('output', () => {
  test('no escape sequences in a pipe, unless asked for', () => {
    const cwd = clean();
    const stdout = (args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean =>
      danglint(['nope.py', ...args], { cwd, env }).stdout.includes('\u001b[');
    expect(stdout([])).toBe(false);
    expect(stdout(['--color', 'always'])).toBe(true);
    expect(stdout([], { FORCE_COLOR: '1' })).toBe(true);
    expect(stdout([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(stdout(['--color=always'], { NO_COLOR: '1' })).toBe(true);
  });

  test('-q leaves the findings, -s leaves nothing', () => {
    const cwd = clean();
    const [quiet, silent] = [danglint(['-q', 'nope.py'], { cwd }), danglint(['-s', 'nope.py'], { cwd })];
    expect([quiet.code, quiet.stderr]).toEqual([1, '']);
    expect(quiet.stdout).toContain('DNE901');
    expect([silent.code, silent.stdout, silent.stderr]).toEqual([1, '', '']);
  });

  test('-o writes a file and leaves standard output empty; the format may come from the environment', () => {
    const cwd = clean();
    const run = danglint(['nope.py', '-o', 'out.json'], { cwd, env: { DANGLINT_OUTPUT_FORMAT: 'json' } });
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toHaveLength(1);
  });

  test('-o into a folder that is not there', () => {
    const run = danglint(['-o', 'no/out.txt'], { cwd: clean() });
    expect(run.code).toBe(EXITS.output.code);
    expect(run.stderr).toContain('output file cannot be written: no such folder: no\n  --> no/out.txt');
  });

  test.runIf(existsSync('/dev/full'))('a full disk: exit 2, a message, and the old report stays', () => {
    const cwd = clean();
    const file = danglint(['nope.py', '-o', '/dev/full'], { cwd });
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining('no space left on the device')]);
    const pipe = shell('danglint nope.py > /dev/full', cwd);
    expect([pipe.code, pipe.stderr]).toEqual([
      2,
      expect.stringContaining('standard output cannot be written: no space'),
    ]);
  });

  test('a reader that goes away is no error', () => {
    const cwd = clean();
    const run = shell('danglint rule --all | head -n 1; echo "${PIPESTATUS[0]}"', cwd);
    expect(run.stderr).toBe('');
    expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('0');
    const findings = shell('danglint nope.py --output-format json | true; echo "${PIPESTATUS[0]}"', cwd);
    expect([findings.stdout, findings.stderr.includes('EPIPE')]).toEqual(['1\n', false]);
  });
});
