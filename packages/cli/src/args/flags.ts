import { FORMAT_NAMES } from '../format/names.ts';
import { STATISTICS } from '../output/statistics.ts';
import { type Flag, flag } from './flag.ts';
import { adopt, files, fixes, rules } from './flags-check.ts';

const output = [
  flag({
    name: 'output-format',
    type: 'string',
    group: 'Output',
    choices: FORMAT_NAMES,
    value: 'FORMAT',
    doc: 'How to print findings; may be repeated, the n-th one goes to the n-th --output-file',
    key: 'output-format',
    env: 'DANGLINT_OUTPUT_FORMAT',
  }),
  flag({
    name: 'output-file',
    alias: 'o',
    type: 'string',
    group: 'Output',
    value: 'FILE',
    doc: 'Write findings to a file; may be repeated',
    env: 'DANGLINT_OUTPUT_FILE',
  }),
  flag({
    name: 'statistics',
    type: 'string',
    group: 'Output',
    choices: STATISTICS,
    value: 'BY',
    bare: 'rule',
    doc: 'Count findings by rule, model or app instead of listing them',
  }),
  flag({
    name: 'sort',
    type: 'string',
    group: 'Output',
    choices: ['location', 'production'],
    value: 'BY',
    doc: 'Order of findings: by place, or what crashed most in production first (default: location)',
  }),
  flag({
    name: 'production',
    type: 'list',
    group: 'Output',
    value: 'FILES',
    doc: 'Production data: events and users are shown with the findings they belong to',
    key: 'production',
    negatable: true,
  }),
  flag({
    name: 'min-events',
    type: 'string',
    group: 'Output',
    value: 'N',
    doc: 'Report only findings with at least so many events in production',
  }),
  flag({
    name: 'color',
    type: 'string',
    group: 'Output',
    choices: ['auto', 'always', 'never'],
    value: 'WHEN',
    doc: 'Use colours; auto also follows NO_COLOR and FORCE_COLOR',
  }),
  flag({
    name: 'quiet',
    alias: 'q',
    type: 'boolean',
    group: 'Output',
    doc: 'Print results only: no summary, no hints',
  }),
  flag({
    name: 'silent',
    alias: 's',
    type: 'boolean',
    group: 'Output',
    doc: 'Print nothing; the exit code tells',
  }),
  flag({
    name: 'verbose',
    alias: 'v',
    type: 'boolean',
    group: 'Output',
    doc: 'Tell what is done, on standard error',
  }),
];

const exit = [
  flag({
    name: 'exit-zero',
    alias: 'e',
    type: 'boolean',
    group: 'Exit code',
    doc: 'Exit with 0 even when there are findings',
  }),
  flag({
    name: 'exit-non-zero-on-fix',
    type: 'boolean',
    group: 'Exit code',
    doc: 'Exit with 1 when a file was changed',
  }),
  flag({
    name: 'fail-level',
    type: 'string',
    group: 'Exit code',
    choices: ['error', 'warning', 'info'],
    value: 'LEVEL',
    doc: 'Least severity that makes the exit code 1 (default: warning)',
  }),
];

const run = [
  flag({
    name: 'watch',
    alias: 'w',
    type: 'boolean',
    group: 'Run',
    doc: 'Check again after every save, until Ctrl-C',
  }),
  flag({
    name: 'cache',
    type: 'boolean',
    group: 'Run',
    doc: 'Show the last answer again when nothing has changed (on by default)',
    env: 'DANGLINT_NO_CACHE',
    negatable: true,
  }),
  flag({
    name: 'cache-dir',
    type: 'string',
    group: 'Run',
    value: 'DIR',
    doc: 'Folder of the cache, which `danglint clean` removes',
    key: 'cache-dir',
    env: 'DANGLINT_CACHE_DIR',
  }),
  flag({
    name: 'cache-strategy',
    type: 'string',
    group: 'Run',
    choices: ['metadata', 'content'],
    value: 'HOW',
    doc: 'What tells that a file is as it was: size and times (default), or its content',
    key: 'cache-strategy',
  }),
];

const speed = [
  flag({
    name: 'threads',
    type: 'string',
    group: 'Run',
    value: 'N',
    doc: 'Threads that may be used: a number, or auto (default); this version works with one',
  }),
  flag({
    name: 'profile-rules',
    type: 'boolean',
    group: 'Run',
    doc: 'Tell on standard error how long reading, judging, each rule and each fix took',
  }),
];

const configuration = [
  flag({
    name: 'config',
    type: 'list',
    group: 'Configuration',
    value: 'FILE | "KEY = VALUE"',
    doc: 'Configuration file to use, or one setting; may be repeated',
  }),
  flag({ name: 'isolated', type: 'boolean', group: 'Configuration', doc: 'Read no configuration file' }),
  flag({
    name: 'show-settings',
    type: 'boolean',
    group: 'Configuration',
    doc: 'Print every setting and where it comes from, and stop',
  }),
];

export const CHECK_FLAGS: readonly Flag[] = [
  ...fixes,
  ...rules,
  ...adopt,
  ...files,
  ...output,
  ...exit,
  ...run,
  ...speed,
  ...configuration,
];

const CHECK_ONLY: ReadonlySet<string> = new Set([
  'watch',
  'show-files',
  'stdin-filename',
  'changed',
  'since',
  'staged',
]);

/** Which configuration counts. */
export const CONFIG_FLAGS: readonly Flag[] = configuration.filter(({ name }) => name !== 'show-settings');

/** Which cache is meant. */
export const CACHE_FLAGS: readonly Flag[] = [
  ...run.filter(({ name }) => name === 'cache-dir'),
  ...CONFIG_FLAGS,
];

/** Whether a command that prints pages uses colours. */
export const COLOR_FLAGS: readonly Flag[] = output.filter(({ name }) => name === 'color');

/** Flags of the commands that analyse without checking (`lookups`, `explain`). */
export const ANALYSIS_FLAGS: readonly Flag[] = [
  ...files.filter(({ name }) => !CHECK_ONLY.has(name)),
  ...run.filter(({ name }) => !CHECK_ONLY.has(name)),
  ...CONFIG_FLAGS,
  ...output.filter(({ name }) => name === 'color' || name === 'verbose' || name === 'quiet'),
];
