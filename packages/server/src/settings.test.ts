import { describe, expect, test } from 'vitest';
import { Folders } from './protocol/folders.ts';
import { readSettings, switchesOf } from './settings.ts';

describe('settings of an editor', () => {
  test.each([
    undefined,
    null,
    3,
    'x',
    [],
    { enable: 'yes', run: 'never', rules: { DNE1: 1 }, codeAction: 2 },
  ])('%j means the defaults', (data) => {
    expect(readSettings(data)).toEqual(readSettings({}));
  });

  test('the later of two selectors counts, switch by switch', () => {
    const settings = readSettings({
      rules: { ALL: { fixOnSave: false, quickFix: false }, DNE101: { quickFix: true } },
    });
    const selects = (selector: string, code: string): boolean => selector === 'ALL' || selector === code;
    expect(switchesOf(settings, 'DNE101', selects)).toEqual({
      report: true,
      quickFix: true,
      fixOnSave: false,
    });
    expect(switchesOf(settings, 'DNE001', selects)).toEqual({
      report: true,
      quickFix: false,
      fixOnSave: false,
    });
  });

  test.each([
    { run: 'onSave' },
    { settings: { run: 'onSave' } },
    { danglint: { run: 'onSave' } },
    { settings: { danglint: { run: 'onSave' } } },
  ])('are found in the options %j', (options) => {
    expect(new Folders([], options).settings(null).run).toBe('onSave');
  });

  test('what the client sends later counts for every folder; other tools are not ours', () => {
    const folders = new Folders([{ uri: 'file:///w/a', name: 'a' }], {});
    folders.configure({ danglint: { run: 'onSave' } });
    expect(folders.settings('file:///w/a/x.py').run).toBe('onSave');
    folders.configure({ ruff: { run: 'onType' } });
    expect(folders.settings('file:///w/a/x.py').run).toBe('onSave');
  });
});
