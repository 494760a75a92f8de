import { presets } from '@danglint/rules';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConfigRequest } from './config.ts';
import { catalog, Fixture } from './fixture.ts';
import { resolveSettings, type Settings } from './settings.ts';
import { KEYS } from './table.ts';

let fixture: Fixture;
let root: string;
beforeEach(() => {
  fixture = new Fixture();
  root = fixture.root;
});
afterEach(() => fixture.remove());
const write = (path: string, text: string): void => fixture.write(path, text);
const settings = (change: Partial<ConfigRequest> = {}): Settings =>
  resolveSettings(fixture.load(change), catalog);

describe('the rules that run', () => {
  const off = (change: Partial<ConfigRequest> = {}): readonly string[] => {
    const { severities } = settings(change);
    return catalog.metas.filter(({ id }) => severities.get(id) === 'ignore').map(({ code }) => code);
  };
  const running = (change: Partial<ConfigRequest> = {}): readonly string[] => {
    const gone = new Set(off(change));
    return catalog.metas
      .map(({ code }) => code)
      .filter((code) => !gone.has(code) && !code.startsWith('DNE9'));
  };

  test('all, unless the settings say otherwise', () => {
    expect(off()).toEqual([]);
  });

  test('a prefix, a name, a code', () => {
    expect(running({ options: ['lint.select = ["DNE2", "unhandled-lookup", "DNE301"]'] })).toEqual([
      'DNE001',
      ...catalog.metas.map(({ code }) => code).filter((code) => code.startsWith('DNE2')),
      'DNE301',
    ]);
  });

  test('the more exact selector wins, ignore on equal terms', () => {
    expect(
      running({ options: ['lint.select = ["DNE2", "DNE001"]', 'lint.ignore = ["DNE0", "DNE20"]'] }),
    ).toEqual(['DNE001']);
    expect(running({ options: ['lint.select = ["ALL"]', 'lint.ignore = ["ALL"]'] })).toEqual([]);
  });

  test('a stronger `select` drops what weaker sources ignore', () => {
    write('danglint.toml', 'lint.ignore = ["DNE1"]\n');
    expect(running({ options: ['lint.select = ["DNE101"]'] })).toEqual(['DNE101']);
  });

  test('files that cannot be read are reported whatever is selected', () => {
    expect(off({ options: ['lint.select = ["DNE101"]'] })).not.toContain('DNE901');
    expect(off({ options: ['lint.ignore = ["DNE901"]'] })).toContain('DNE901');
  });

  test("severities of [rules] and of presets, in ty's words", () => {
    write('danglint.toml', 'presets = ["strict"]\n[rules]\nunhandled-lookup = "info"\nDNE101 = "ignore"\n');
    const { severities } = settings();
    expect([
      severities.get('unhandled-lookup'),
      severities.get('task-argument-lookup'),
      severities.get('request-lookup'),
    ]).toEqual(['info', 'ignore', 'error']);
  });

  test('presets of the settings are those that ship', () => {
    expect(KEYS.presets.type.schema).toMatchObject({ items: { enum: [...presets.keys()] } });
  });

  test('per-file-ignores by name, path and negation', () => {
    write(
      'danglint.toml',
      'lint.per-file-ignores = { "views.py" = ["DNE107"], "scripts/**" = ["ALL"], "!src/**" = ["DNE301"] }\n',
    );
    const { ignoredIn } = settings();
    expect(ignoredIn(`${root}/src/views.py`, 'DNE107')).toBe(true);
    expect(ignoredIn(`${root}/src/views.py`, 'DNE301')).toBe(false);
    expect(ignoredIn(`${root}/scripts/a/b.py`, 'DNE001')).toBe(true);
    expect(ignoredIn(`${root}/lib/x.py`, 'DNE301')).toBe(true);
    expect(ignoredIn(`${root}/lib/x.py`, 'DNE001')).toBe(false);
  });

  test('which fixes may run', () => {
    write(
      'danglint.toml',
      'lint.unfixable = ["DNE1"]\nlint.extend-safe-fixes = ["DNE0"]\nlint.extend-unsafe-fixes = ["DNE002"]\n',
    );
    const { fixPolicy } = settings();
    expect([fixPolicy.fixable('DNE101'), fixPolicy.fixable('DNE001')]).toEqual([false, true]);
    expect([fixPolicy.vouched('DNE001'), fixPolicy.vouched('DNE002'), fixPolicy.vouched('DNE301')]).toEqual([
      'safe',
      'unsafe',
      null,
    ]);
  });
});
