import type { Severity } from '@danglint/core';
import type { CommandInput } from '../args/commands.ts';
import type { ArgReader } from '../args/reader.ts';
import type { ChangeRequest } from '../adopt/changed.ts';
import { UserError } from '../errors.ts';
import type { ColorChoice } from '../format/colors.ts';
import { FORMAT_NAMES, type FormatName } from '../format/names.ts';
import type { Level } from '../output/log.ts';
import { STATISTICS, type StatisticsBy } from '../output/statistics.ts';

/** The flags of `check` that are no settings. */
export interface CheckFlags {
  readonly fixOnly: boolean;
  readonly diff: boolean;
  readonly stdin: boolean;
  readonly stdinFilename: string | null;
  readonly showFiles: boolean;
  readonly showSettings: boolean;
  /** The n-th file takes the n-th format. */
  readonly outputFiles: readonly string[];
  readonly formats: readonly FormatName[];
  readonly statistics: StatisticsBy | null;
  readonly color: ColorChoice;
  readonly level: Level;
  readonly exitZero: boolean;
  readonly exitNonZeroOnFix: boolean;
  readonly failLevel: Severity;
  readonly ignoreNoqa: boolean;
  /** The reason to write; null when no comments are asked for. */
  readonly addIgnore: string | null;
  readonly updateBaseline: boolean;
  readonly interactive: boolean;
  readonly profileRules: boolean;
  readonly watch: boolean;
  readonly sort: 'location' | 'production';
  readonly minEvents: number;
  /** A flag asks for production data: what could not be matched is told. */
  readonly asksProduction: boolean;
  /** Which changes findings must have to do with; null for no such limit. */
  readonly changes: Omit<ChangeRequest, 'root'> | null;
}

export function checkFlags({ args, operands, env }: CommandInput): CheckFlags {
  const stdin = operands.includes('-');
  if (stdin && operands.length > 1) {
    throw new UserError('usage', '`-` (standard input) cannot be mixed with other paths');
  }
  if (!stdin && args.text('stdin-filename') !== null) {
    throw new UserError('usage', '`--stdin-filename` is for `-`', { help: 'add `-` to read standard input' });
  }
  if (args.on('diff') && args.on('show-fixes')) {
    throw new UserError('usage', '`--show-fixes` cannot be used with `--diff`');
  }
  noConflict(args, stdin);
  checkThreads(args);
  return {
    fixOnly: args.on('fix-only'),
    diff: args.on('diff'),
    stdin,
    stdinFilename: args.text('stdin-filename'),
    showFiles: args.on('show-files'),
    showSettings: args.on('show-settings'),
    outputFiles:
      args.list('output-file') === null ? nonEmpty(env['DANGLINT_OUTPUT_FILE']) : args.each('output-file'),
    formats: formats(args),
    statistics: STATISTICS.find((by) => by === args.text('statistics')) ?? null,
    color: colorChoice(args),
    level: levelOf(args),
    exitZero: args.on('exit-zero'),
    exitNonZeroOnFix: args.on('exit-non-zero-on-fix'),
    failLevel: failLevel(args),
    ignoreNoqa: args.on('ignore-noqa'),
    addIgnore: args.text('add-ignore'),
    updateBaseline: args.on('update-baseline'),
    interactive: args.on('interactive'),
    watch: args.on('watch'),
    profileRules: args.on('profile-rules'),
    sort: args.text('sort') === 'production' ? 'production' : 'location',
    minEvents: minEvents(args),
    asksProduction:
      ['sort', 'min-events'].some((name) => args.text(name) !== null) || args.list('production') !== null,
    changes: changeFlags(args, stdin),
  };
}

/** Flags that write something of their own do nothing else. */
function noConflict(args: ArgReader, stdin: boolean): void {
  const writers = ['add-ignore', 'update-baseline', 'interactive', 'watch'].filter(
    (name) => args.on(name) || args.text(name) !== null,
  );
  const [writer] = writers;
  if (writer === undefined) return;
  const live = writer === 'interactive' || writer === 'watch';
  const others = ['fix', 'fix-only', 'diff', ...writers.slice(1), ...(live ? ['profile-rules'] : [])];
  const other = others.find((name) => args.on(name) || args.text(name) !== null);
  if (other !== undefined) {
    throw new UserError('usage', `\`--${writer}\` cannot be used with \`--${other}\``, {
      help: 'run them one after the other',
    });
  }
  if (stdin) throw new UserError('usage', `\`--${writer}\` cannot be used with standard input`);
}

function changeFlags(args: ArgReader, stdin: boolean): CheckFlags['changes'] {
  const [staged, since] = [args.on('staged'), args.text('since')];
  if (!staged && since === null && !args.on('changed')) return null;
  const flag = staged ? '--staged' : '--changed';
  if (staged && (since !== null || args.on('changed'))) {
    throw new UserError('usage', '`--staged` cannot be used with `--changed` or `--since`');
  }
  if (stdin) throw new UserError('usage', `\`${flag}\` cannot be used with standard input`);
  if (args.on('update-baseline')) {
    throw new UserError('usage', `\`${flag}\` cannot be used with \`--update-baseline\``, {
      help: 'a baseline lists every finding',
    });
  }
  return { staged, since };
}

function minEvents(args: ArgReader): number {
  const text = args.text('min-events') ?? '0';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UserError('usage', `\`--min-events\`: "${text}" is no whole number`);
}

function checkThreads(args: ArgReader): void {
  const text = args.text('threads') ?? 'auto';
  if (text === 'auto' || /^[1-9]\d{0,3}$/.test(text)) return;
  throw new UserError('usage', `\`--threads\`: "${text}" is neither a number of threads nor auto`);
}

function nonEmpty(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [text];
}

function formats(args: ArgReader): readonly FormatName[] {
  const given = args
    .each('output-format')
    .flatMap((name) => FORMAT_NAMES.find((known) => known === name) ?? []);
  const toStream = given.length - args.each('output-file').filter((file) => file !== '-').length;
  if (toStream > 1) {
    throw new UserError('usage', `${toStream} formats would go to standard output: ${given.join(', ')}`, {
      help: 'give an `--output-file` for each but the last: the n-th file takes the n-th format',
    });
  }
  return given;
}

export function colorChoice(args: ArgReader): ColorChoice {
  const choice = args.text('color');
  return choice === 'always' || choice === 'never' ? choice : 'auto';
}

export function levelOf(args: ArgReader): Level {
  if (args.on('silent')) return 'silent';
  if (args.on('quiet')) return 'quiet';
  return args.on('verbose') ? 'verbose' : 'normal';
}

function failLevel(args: ArgReader): Severity {
  const level = args.text('fail-level');
  return level === 'error' || level === 'info' ? level : 'warning';
}
