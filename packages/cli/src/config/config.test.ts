import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import type { Config, ConfigRequest } from './config.ts';
import { catalog, Fixture, known } from './fixture.ts';
import { readLayer } from './layer.ts';
import { resolveSettings, type Settings } from './settings.ts';
import { ALL_KEYS, KEYS, SECTIONS } from './table.ts';

let fixture: Fixture;
let root: string;
beforeEach(() => {
  fixture = new Fixture();
  root = fixture.root;
});
afterEach(() => fixture.remove());
const write = (path: string, text: string): void => fixture.write(path, text);
const load = (change: Partial<ConfigRequest> = {}): Config => fixture.load(change);
const settings = (change: Partial<ConfigRequest> = {}): Settings => resolveSettings(load(change), catalog);

/** The error of a configuration, as the user sees it. */
function complaint(text: string, file = 'danglint.toml'): string {
  write(file, text);
  try {
    load();
  } catch (error) {
    if (error instanceof UserError) return error.lines(root).join('\n');
    throw error;
  }
  return 'none';
}

describe('which file counts', () => {
  test('in one folder: .danglint.toml, danglint.toml, pyproject.toml', () => {
    write('pyproject.toml', '[tool.danglint]\ncache-dir = "c"\n');
    expect(load().get(KEYS.cacheDir)).toBe('c');
    write('danglint.toml', 'cache-dir = "b"\n');
    expect(load().get(KEYS.cacheDir)).toBe('b');
    write('.danglint.toml', 'cache-dir = "a"\n');
    expect(load().get(KEYS.cacheDir)).toBe('a');
  });

  test('the nearest folder wins, nothing is merged; a pyproject.toml without our table is passed over', () => {
    write('danglint.toml', 'cache-dir = "top"\nshow-fixes = true\n');
    write('a/pyproject.toml', '[project]\nname = "a"\n');
    write('a/b/danglint.toml', 'cache-dir = "deep"\n');
    expect(load({ start: join(root, 'a') }).get(KEYS.cacheDir)).toBe('top');
    const deep = load({ start: join(root, 'a/b') });
    expect([deep.get(KEYS.cacheDir), deep.get(KEYS.showFixes)]).toEqual(['deep', false]);
  });

  test('a broken pyproject.toml that is not ours does not stop us', () => {
    expect(complaint('this is [not toml\n', 'pyproject.toml')).toBe('none');
  });

  test('--isolated reads none, --config names one', () => {
    write('danglint.toml', 'cache-dir = "x"\n');
    write('other.toml', 'cache-dir = "y"\n');
    expect(load({ isolated: true }).get(KEYS.cacheDir)).toBe('.danglint_cache');
    expect(load({ options: ['other.toml'] }).get(KEYS.cacheDir)).toBe('y');
  });

  test('a byte order mark is no reason to fail', () => {
    write('danglint.toml', '\u{feff}cache-dir = "x"\n');
    expect(load().get(KEYS.cacheDir)).toBe('x');
  });
});

describe('what wins', () => {
  test('--config "key = value" over files, flags over both', () => {
    write('danglint.toml', 'output-format = "json"\ncache-dir = "a"\n');
    const config = load({ options: ['output-format = "concise"'] });
    expect([config.get(KEYS.outputFormat), config.get(KEYS.cacheDir)]).toEqual(['concise', 'a']);
    expect([config.from('output-format'), config.from('cache-dir'), config.from('extend')]).toEqual([
      '--config "output-format = "concise""',
      `${root}/danglint.toml:2`,
      'default',
    ]);
  });

  test('extend: replaced by what the file says, extend-* and ignore are added', () => {
    write(
      'base.toml',
      'cache-dir = "a"\nextend-exclude = ["x"]\nlint.ignore = ["DNE107"]\nlint.fixable = ["DNE1"]\n',
    );
    write(
      'danglint.toml',
      'extend = "base.toml"\nextend-exclude = ["y"]\nlint.ignore = ["DNE403"]\nlint.fixable = ["DNE2"]\n',
    );
    const config = load();
    expect(config.get(KEYS.cacheDir)).toBe('a');
    expect(config.get(KEYS.extendExclude).map(({ pattern }) => pattern)).toEqual(['x', 'y']);
    expect(config.get(KEYS.ignore)).toEqual(['DNE107', 'DNE403']);
    expect(config.get(KEYS.fixable)).toEqual(['DNE2']);
  });

  test('globs start at the folder of their own file', () => {
    write('base/shared.toml', 'extend-exclude = ["gen/*"]\n');
    write('danglint.toml', 'extend = "base/shared.toml"\nextend-exclude = ["out/*"]\n');
    expect(load().get(KEYS.extendExclude)).toEqual([
      { pattern: 'gen/*', base: `${root}/base` },
      { pattern: 'out/*', base: root },
    ]);
  });

  test('`fix = true` is short for `fix.apply = true`', () => {
    write('danglint.toml', 'fix = true\n');
    expect(settings().fix).toBe(true);
    write('danglint.toml', '[fix]\napply = true\nstyle = "try"\n');
    expect([settings().fix, settings().fixSettings.style]).toEqual([true, 'try']);
  });
});

describe('what is wrong is said with file, line and a way out', () => {
  test.each([
    ['# hi\nselct = 1\n', 'unknown key `selct`', 2, 'did you mean `lint.select`?'],
    ['qqq = 1\n', 'unknown key `qqq`', 1, null],
    ['[lint]\npresets = []\n', 'unknown key `lint.presets`', 2, 'did you mean `presets`?'],
    ['[django]\nlog-lvel = "x"\n', 'unknown key `django.log-lvel`', 2, 'did you mean `fix.log-level`?'],
    ['[lnt]\nselect = []\n', 'unknown key `lnt`', 1, 'did you mean `lint`?'],
    [
      'unhandled-lookup = "warn"',
      'unknown key `unhandled-lookup`',
      1,
      'did you mean `rules.unhandled-lookup`?',
    ],
    [
      '[rules]\nDNE1 = "warn"',
      '`rules`: unknown rule "DNE1"',
      2,
      'write the name or the whole code of one rule; `danglint rule` lists them',
    ],
    [
      '[tool.danglint.lint]\nselect = []',
      'unknown key `tool`',
      1,
      'in this file tables stand without `tool.danglint`: write `[lint]`',
    ],
    ['fix.not-found = "rais Foo"', '`fix.not-found`: "rais Foo" is not a statement of Python', 1, null],
    ['fix.logger = "my log"', '`fix.logger`: "my log" is not a name', 1, null],
    [
      'rules.DNE101 = "warning"',
      '`rules`: `DNE101`: "warning" is not one of "error", "warn", "info", "ignore"',
      1,
      'did you mean "warn"?',
    ],
    ['show-fixs = true\n', 'unknown key `show-fixs`', 1, 'did you mean `show-fixes`?'],
    ['select = ["DNE1"]\n', 'unknown key `select`', 1, 'did you mean `lint.select`?'],
    ['[lint]\nselect = ["DNE1"]\nignroe = []\n', 'unknown key `lint.ignroe`', 3, 'did you mean `ignore`?'],
    [
      '[lint]\n\nselect = ["QQQ"]\n',
      '`lint.select`: unknown rule `QQQ`',
      3,
      '`danglint rule` lists the rules',
    ],
    [
      'lint.select = ["unhandled-lokup"]',
      '`lint.select`: unknown rule `unhandled-lokup`',
      1,
      'did you mean `unhandled-lookup`?',
    ],
    ['lint.select = "DNE1"', '`lint.select`: "DNE1" is not a list', 1, 'put it into brackets: ["..."]'],
    ['show-fixes = "yes"', '`show-fixes`: "yes" is not `true` or `false`', 1, null],
    ['output-format = "jsn"', null, 1, 'did you mean "json"?'],
    [
      'exclude = [\n  "ok",\n  "[bad",\n]\n',
      '`exclude`: bad glob pattern "[bad": Missing closing: "]"',
      1,
      null,
    ],
    ['lint = 3', '`lint` must be a table, not number', 1, null],
    ['[rules]\nunhandled-lookup = "off"', null, 2, null],
    [
      '[rules]\nunhandled-lokup = "error"',
      '`rules`: unknown rule "unhandled-lokup"',
      2,
      'did you mean `unhandled-lookup`?',
    ],
    ['x = """\nselct = 1\n"""\n[fix]\nstyl = "try"', 'unknown key `x`', 1, null],
    ['required-version = ">=2"', 'this is danglint 1.2.3, but `required-version` is ">=2"', 1, null],
    ['required-version = "new"', '`required-version`: "new" is not a version or a range', 1, null],
    ['[[domains]]\nname = "a"\nmodel = ["A"]', '`domains`: unknown key `model`', 1, 'did you mean `models`?'],
  ])('%j', (text, message, line, help) => {
    const lines = complaint(text);
    expect(lines).toContain(`danglint: error: ${message ?? ''}`);
    expect(lines).toContain(`--> danglint.toml${line === null ? '' : `:${line}`}`);
    expect(lines).toContain(help === null ? '' : `help: ${help}`);
  });

  test('in a pyproject.toml', () => {
    expect(
      complaint('[project]\nname = "a"\n\n[tool.danglint.lint]\nselct = []\n', 'pyproject.toml'),
    ).toContain('--> pyproject.toml:5');
  });

  test('broken TOML has line and column', () => {
    expect(complaint('a = 1\nb = [1,\n')).toMatch(/invalid TOML: .*\n {2}--> danglint\.toml:\d+:\d+/);
  });

  test('extend of a file that is not there', () => {
    expect(complaint('extend = "nope.toml"\n')).toContain(
      `\`extend\`: no such file: ${root}/nope.toml\n  --> danglint.toml:1`,
    );
  });

  test('extend in a circle', () => {
    write('a.toml', 'extend = "danglint.toml"\n');
    expect(complaint('extend = "a.toml"\n')).toContain('`extend` leads in a circle');
  });

  test('a thousand broken tables: a clear message or none, never a crash', () => {
    const names = [
      ...ALL_KEYS.flatMap(({ path }) => path.split('.')),
      ...SECTIONS,
      '__proto__',
      'constructor',
    ];
    const table = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), fc.jsonValue());
    const layer = fc.oneof(table, fc.dictionary(fc.constantFrom(...names), table));
    fc.assert(
      fc.property(layer, (data) => {
        try {
          readLayer(data, [], { ...known, base: '/' }, (path) => path.join('.'));
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
