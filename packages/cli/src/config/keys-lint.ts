import { key } from './key.ts';
import { choice, glob, list, ruleName, selector, table } from './value.ts';

const none: readonly never[] = [];
const severity = choice('error', 'warn', 'info', 'ignore');

export const lint = {
  select: key(
    'lint.select',
    list(selector),
    ['ALL'],
    'Rules to run: codes, prefixes of codes, names, or ALL: those of danglint and of plugins. The more exact selector wins over `ignore`.',
    'lint.select = ["DNE1", "unhandled-lookup"]',
  ),
  extendSelect: key(
    'lint.extend-select',
    list(selector, true),
    none,
    'More rules to run, on top of `select`.',
    'lint.extend-select = ["DNE3"]',
  ),
  ignore: key(
    'lint.ignore',
    list(selector, true),
    none,
    'Rules not to run. What such a rule says is not said by a more general one in its place.',
    'lint.ignore = ["DNE107"]',
  ),
  fixable: key(
    'lint.fixable',
    list(selector),
    ['ALL'],
    'Rules whose fixes may be applied.',
    'lint.fixable = ["DNE1"]',
  ),
  unfixable: key(
    'lint.unfixable',
    list(selector),
    none,
    'Rules whose fixes are never applied.',
    'lint.unfixable = ["DNE403"]',
  ),
  extendSafeFixes: key(
    'lint.extend-safe-fixes',
    list(selector, true),
    none,
    'Rules whose unsafe fixes count as safe: you vouch for them.',
    'lint.extend-safe-fixes = ["DNE101"]',
  ),
  extendUnsafeFixes: key(
    'lint.extend-unsafe-fixes',
    list(selector, true),
    none,
    'Rules whose safe fixes count as unsafe.',
    'lint.extend-unsafe-fixes = ["DNE002"]',
  ),
  perFileIgnores: key(
    'lint.per-file-ignores',
    table('table of glob = list of rules', glob, list(selector)),
    none,
    'Rules that are off in some files. A pattern that starts with `!` means all other files.',
    'lint.per-file-ignores = { "scripts/**" = ["DNE001"] }',
  ),
  rules: key(
    'rules',
    table('table of rule = "error" | "warn" | "info" | "ignore"', ruleName, severity),
    none,
    'Severity of single rules.',
    'rules.unhandled-lookup = "error"',
  ),
};
