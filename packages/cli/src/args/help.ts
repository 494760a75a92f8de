import { wrap } from '../format/wrap.ts';
import { COMMANDS, type Command, usageOf } from './commands.ts';
import { type Flag, GROUPS } from './flag.ts';

/** Columns of names; longer ones have their description on the next line. */
const NAME = 26;

const OPTIONS: readonly (readonly [string, string])[] = [
  ['  -h, --help', 'Print help'],
  ['  -V, --version', 'Print the version'],
];

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['  danglint', 'check the project around the current folder'],
  ['  danglint --diff', 'show what --fix would change, write nothing'],
  ['  danglint --fix', 'apply the fixes that are proven safe'],
  ['  danglint --statistics', 'count instead of listing'],
  [
    '  danglint --update-baseline',
    'take what is found today as known: from now on only new findings are reported',
  ],
  ['  danglint explain FILE:LINE', 'why a line is reported, or is not'],
  ['  danglint rule DNE101', 'what a rule means, and how its fix works'],
];

/** What `--help` prints; `width` in columns. */
export function helpText(command: Command | null, width: number): string {
  return command === null ? overview(width) : commandHelp(command, width);
}

function overview(width: number): string {
  const commands = COMMANDS.map(({ name, summary }) => [`  ${name}`, summary] as const);
  return [
    'danglint finds dangling record references in Django code and fixes them.\n',
    'Usage: danglint [COMMAND] [OPTIONS] [PATHS...]\n',
    section('Commands', commands, width),
    section('Options', OPTIONS, width),
    section('Examples', EXAMPLES, width),
    '`danglint PATHS` is short for `danglint check PATHS`; `danglint COMMAND --help` lists the flags of a command.\n',
  ].join('\n');
}

function commandHelp(command: Command, width: number): string {
  const { name, summary, flags } = command;
  const usage = ['Usage: danglint', name, '[OPTIONS]', usageOf(command)];
  const groups = GROUPS.flatMap((group) => {
    const rows = flags
      .filter((flag) => flag.group === group)
      .map((flag) => [spelt(flag), describe(flag)] as const);
    return rows.length === 0 ? [] : [section(group, rows, width)];
  });
  return [
    `${summary}\n`,
    `${usage.join(' ').trimEnd()}\n`,
    ...groups,
    section('Options', OPTIONS, width),
  ].join('\n');
}

function spelt({ name, alias, value, bare, takes, type }: Flag): string {
  const short = alias === undefined ? '    ' : `-${alias}, `;
  const word = value ?? (type === 'boolean' ? null : 'VALUE');
  const given =
    word === null
      ? ''
      : bare === undefined
        ? ` <${word}>`
        : takes === undefined
          ? `[=<${word}>]`
          : ` [<${word}>]`;
  return `  ${short}--${name}${given}`;
}

function describe({ doc, choices, negatable, name, env }: Flag): string {
  const notes = [
    ...(choices === undefined ? [] : [`[possible values: ${choices.join(', ')}]`]),
    ...(negatable === true ? [`[--no-${name} switches it off]`] : []),
    ...(env === undefined ? [] : [`[env: ${env}]`]),
  ];
  return [doc, ...notes].join(' ');
}

function section(title: string, rows: readonly (readonly [string, string])[], width: number): string {
  const longest = Math.max(...rows.map(([name]) => name.length));
  const column = Math.min(longest, NAME + 2) + 2;
  const lines = rows.flatMap(([name, text]) => {
    const wrapped = wrap(text, Math.max(30, width - column)).map((line) => `${' '.repeat(column)}${line}`);
    if (name.length > column - 2) return [name, ...wrapped];
    const [first = '', ...more] = wrapped;
    return [`${name.padEnd(column)}${first.trimStart()}`, ...more];
  });
  return `${title}:\n${lines.join('\n')}\n`;
}
