import type { Outcome } from '../exit.ts';
import { IMPORT_FORMATS } from '../production/formats.ts';
import type { Flag } from './flag.ts';
import { ANALYSIS_FLAGS, CACHE_FLAGS, CHECK_FLAGS, COLOR_FLAGS, CONFIG_FLAGS } from './flags.ts';
import type { ArgReader } from './reader.ts';

/** What a command gets: its arguments and the world around it. */
export interface CommandInput {
  readonly args: ArgReader;
  /** Positional arguments. */
  readonly operands: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Run = (input: CommandInput) => Promise<Outcome>;

/** One command; its module is loaded when it runs. */
export interface Command {
  readonly name: string;
  /** `<place>` must be given, `[key]` may be, `[paths..]` are as many as one likes. */
  readonly operands: string;
  /** The same for people, where names alone do not tell what to write. */
  readonly usage?: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** What stands behind a command's name, for people: `[PATHS...]`. */
export const usageOf = ({ operands, usage }: Pick<Command, 'operands' | 'usage'>): string =>
  usage ?? operands.toUpperCase().replaceAll('..', '...');

const FORMAT: Flag = {
  name: 'output-format',
  type: 'string',
  group: 'Output',
  choices: ['text', 'json'],
  value: 'FORMAT',
  doc: 'How to print',
};

const BY: Flag = {
  name: 'by',
  type: 'string',
  group: 'Output',
  choices: ['file', 'model', 'entry', 'verdict'],
  value: 'WHAT',
  doc: 'Group the lookups (default: file)',
};

const IMPORT: Flag = {
  name: 'format',
  type: 'string',
  group: 'Configuration',
  choices: IMPORT_FORMATS,
  value: 'FORMAT',
  doc: 'What the files hold (default: auto)',
};

/** The command of a line that names none. */
export const CHECK: Command = {
  name: 'check',
  operands: '[paths..]',
  summary: 'Find lookups that die when their row is gone, and fix them; the default command',
  flags: CHECK_FLAGS,
  load: () => import('../commands/check.ts'),
};

export const COMMANDS: readonly Command[] = [
  CHECK,
  {
    name: 'rule',
    operands: '[rule]',
    summary: 'Explain a rule; list all, or those with a prefix such as DNE1',
    flags: [
      { name: 'all', type: 'boolean', group: 'Rules', doc: 'Explain every rule instead of listing them' },
      FORMAT,
      ...COLOR_FLAGS,
      ...CONFIG_FLAGS,
    ],
    load: () => import('../commands/rule.ts'),
  },
  {
    name: 'lookups',
    operands: '[paths..]',
    summary: 'List every lookup with its verdict',
    flags: [FORMAT, BY, ...ANALYSIS_FLAGS],
    load: () => import('../commands/lookups.ts'),
  },
  {
    name: 'explain',
    operands: '<place>',
    usage: 'FILE:LINE[:COLUMN]',
    summary: 'Why a line is reported, or is not',
    flags: [FORMAT, ...ANALYSIS_FLAGS],
    load: () => import('../commands/explain.ts'),
  },
  {
    name: 'config',
    operands: '[key]',
    summary: 'Describe the settings',
    flags: [
      { name: 'schema', type: 'boolean', group: 'Output', doc: 'Print the JSON Schema of the configuration' },
      FORMAT,
    ],
    load: () => import('../commands/config.ts'),
  },
  {
    name: 'production',
    operands: '<action> <files..>',
    usage: 'import FILES...',
    summary: 'Read issues and events that Sentry exported into .danglint/production.json',
    flags: [IMPORT],
    load: () => import('../commands/production.ts'),
  },
  {
    name: 'server',
    operands: '',
    summary: 'Run the language server for editors',
    flags: [
      {
        name: 'stdio',
        type: 'boolean',
        group: 'Configuration',
        doc: 'Speak on standard input and output, which is the default',
      },
      {
        name: 'socket',
        type: 'string',
        group: 'Configuration',
        value: 'PORT',
        doc: 'Speak on a port of this machine on which the editor listens',
      },
      {
        name: 'node-ipc',
        type: 'boolean',
        group: 'Configuration',
        doc: "Speak on Node's channel to the process that started this one",
      },
    ],
    load: () => import('../commands/server.ts'),
  },
  {
    name: 'daemon',
    operands: '<action> [paths..]',
    usage: 'start|status|stop|run [PATH]',
    summary: 'Keep a project loaded, so that check, lookups and explain answer at once',
    flags: [
      {
        name: 'idle-timeout',
        type: 'string',
        group: 'Run',
        value: 'MINUTES',
        doc: 'End after so long without a question (default: 120)',
      },
      ...CACHE_FLAGS,
    ],
    load: () => import('../commands/daemon.ts'),
  },
  {
    name: 'clean',
    operands: '[paths..]',
    summary: 'Remove the cache folder',
    flags: CACHE_FLAGS,
    load: () => import('../commands/clean.ts'),
  },
  {
    name: 'version',
    operands: '',
    summary: 'Print the version',
    flags: [FORMAT],
    load: () => import('../commands/version.ts'),
  },
  {
    name: 'completion',
    operands: '<shell>',
    usage: 'bash|zsh|fish',
    summary: 'Print a completion script for bash, zsh or fish',
    flags: [],
    load: () => import('../commands/completion.ts'),
  },
];
