import { DEFAULT_BASELINE } from '../config/keys-general.ts';
import { UserError } from '../errors.ts';
import { flag } from './flag.ts';

export const fixes = [
  flag({
    name: 'fix',
    type: 'boolean',
    group: 'Fixes',
    doc: 'Apply safe fixes to the files',
    key: 'fix.apply',
    negatable: true,
  }),
  flag({
    name: 'unsafe-fixes',
    type: 'boolean',
    group: 'Fixes',
    doc: 'Let --fix and --diff apply unsafe fixes too; each says why it is unsafe',
    key: 'unsafe-fixes',
    negatable: true,
  }),
  flag({
    name: 'fix-only',
    type: 'boolean',
    group: 'Fixes',
    doc: 'Fix, and do not report what is left; implies --fix',
  }),
  flag({
    name: 'diff',
    type: 'boolean',
    group: 'Fixes',
    doc: 'Print what --fix would change, write nothing',
  }),
  flag({
    name: 'interactive',
    alias: 'i',
    type: 'boolean',
    group: 'Fixes',
    doc: 'Ask about each finding, with its path and fix: y, n, a, d, e, u, q as in git add -p; needs a terminal',
  }),
  flag({
    name: 'show-fixes',
    type: 'boolean',
    group: 'Fixes',
    doc: 'After --fix, list what was fixed',
    key: 'show-fixes',
    negatable: true,
  }),
  flag({
    name: 'fix-style',
    type: 'string',
    group: 'Fixes',
    choices: ['first', 'try', 'auto'],
    value: 'STYLE',
    doc: 'Shape of rewritten lookups',
    key: 'fix.style',
  }),
];

export const rules = [
  flag({
    name: 'per-file-ignores',
    type: 'list',
    group: 'Rules',
    value: 'GLOB:RULE',
    doc: 'Do not run a rule in some files, on top of what the configuration says',
    key: 'lint.per-file-ignores',
    read: globRules,
  }),
  flag({
    name: 'preview',
    type: 'boolean',
    group: 'Rules',
    doc: 'Run rules that are not final yet; there are none in this version',
    key: 'preview',
    negatable: true,
  }),
  flag({
    name: 'select',
    type: 'list',
    group: 'Rules',
    value: 'RULES',
    doc: 'Run these rules only: codes, prefixes, names or ALL',
    key: 'lint.select',
  }),
  flag({
    name: 'extend-select',
    type: 'list',
    group: 'Rules',
    value: 'RULES',
    doc: 'Run these rules too',
    key: 'lint.extend-select',
  }),
  flag({
    name: 'ignore',
    type: 'list',
    group: 'Rules',
    value: 'RULES',
    doc: 'Do not run these rules',
    key: 'lint.ignore',
  }),
  flag({
    name: 'fixable',
    type: 'list',
    group: 'Rules',
    value: 'RULES',
    doc: 'Apply fixes of these rules only',
    key: 'lint.fixable',
  }),
  flag({
    name: 'unfixable',
    type: 'list',
    group: 'Rules',
    value: 'RULES',
    doc: 'Apply no fixes of these rules',
    key: 'lint.unfixable',
  }),
  flag({
    name: 'ignore-noqa',
    type: 'boolean',
    group: 'Rules',
    doc: 'Report findings that comments suppress',
  }),
];

/** `tests/*:DNE001` as the table that the setting is. */
function globRules(items: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const table: Record<string, string[]> = {};
  for (const item of items) {
    const colon = item.lastIndexOf(':');
    if (colon < 1 || colon === item.length - 1) {
      throw new UserError('usage', `\`--per-file-ignores\`: "${item}" is no GLOB:RULE`, {
        help: 'write tests/*:DNE001',
      });
    }
    (table[item.slice(0, colon)] ??= []).push(item.slice(colon + 1));
  }
  return table;
}

export const adopt = [
  flag({
    name: 'add-ignore',
    type: 'string',
    group: 'Adoption',
    value: 'REASON',
    bare: '',
    doc: 'Write `# danglint: ignore[CODE] REASON` for every finding that is left',
  }),
  flag({
    name: 'baseline',
    type: 'string',
    group: 'Adoption',
    value: 'FILE',
    bare: DEFAULT_BASELINE,
    takes: /\.json$/,
    doc: 'Report only findings that this file does not list (default: .danglint-baseline.json where there is one)',
    key: 'baseline',
    negatable: true,
  }),
  flag({
    name: 'update-baseline',
    type: 'boolean',
    group: 'Adoption',
    doc: 'Write the findings of this run to the baseline, drop entries that are stale',
  }),
];

export const files = [
  flag({
    name: 'changed',
    type: 'boolean',
    group: 'Files',
    doc: 'Report only what uncommitted changes have to do with; the whole program is analysed all the same',
  }),
  flag({
    name: 'since',
    type: 'string',
    group: 'Files',
    value: 'REF',
    doc: 'The same for everything that changed since the fork from this branch or commit; implies --changed',
  }),
  flag({
    name: 'staged',
    type: 'boolean',
    group: 'Files',
    doc: 'Report only what staged changes have to do with',
  }),
  flag({
    name: 'exclude',
    type: 'list',
    group: 'Files',
    value: 'GLOBS',
    doc: 'Leave out these files and folders, instead of the default list',
    key: 'exclude',
  }),
  flag({
    name: 'extend-exclude',
    type: 'list',
    group: 'Files',
    value: 'GLOBS',
    doc: 'Leave out these files and folders too',
    key: 'extend-exclude',
  }),
  flag({
    name: 'respect-gitignore',
    type: 'boolean',
    group: 'Files',
    doc: 'Leave out what .gitignore names (on by default)',
    key: 'respect-gitignore',
    negatable: true,
  }),
  flag({
    name: 'force-exclude',
    type: 'boolean',
    group: 'Files',
    doc: 'Leave out excluded files even when they are named, as pre-commit does',
    key: 'force-exclude',
    negatable: true,
  }),
  flag({
    name: 'stdin-filename',
    type: 'string',
    group: 'Files',
    value: 'FILE',
    doc: 'Name of the file that `-` reads from standard input',
  }),
  flag({
    name: 'show-files',
    type: 'boolean',
    group: 'Files',
    doc: 'List the files that would be checked, and stop',
  }),
];
