import { existsSync } from 'node:fs';
import yargs from 'yargs';
import { UserError } from '../errors.ts';
import { shown } from '../config/value.ts';
import { caller } from '../output/caller.ts';
import { print } from '../output/streams.ts';
import { didYouMean, nearest } from '../suggest.ts';
import { version } from '../version.ts';
import { CHECK, COMMANDS, type Command, usageOf } from './commands.ts';
import type { Flag } from './flag.ts';
import { helpText } from './help.ts';
import { ArgReader, STDIN } from './reader.ts';

/** The command that was asked for; null when help or the version was printed instead. */
export interface Parsed {
  readonly command: Command;
  readonly args: ArgReader;
  readonly operands: readonly string[];
}

/** Parses the command line. Throws a `UserError` for what no command takes. */
export async function parseArgs(line: readonly string[]): Promise<Parsed | null> {
  const argv = commandFirst(line);
  const shown = asked(argv);
  if (shown !== null) {
    await print(shown);
    return null;
  }
  let chosen: Parsed | null = null;
  let literal: readonly string[] = [];
  const parser = yargs([])
    .scriptName('danglint')
    .locale('en')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .strict()
    .exitProcess(false)
    .help(false)
    .version(false);
  // Only the command that runs, as the default one: yargs words the help of any other on every run.
  const command = COMMANDS.find(({ name }) => name === argv[0]) ?? CHECK;
  parser.command({
    command: `$0 ${command.operands}`.trim(),
    describe: command.summary,
    builder: (builder) => addFlags(builder, command.flags),
    handler: (args: Readonly<Record<string, unknown>>) => {
      chosen = parsed(command, args, literal);
    },
  });
  parser.fail((message: string | null, error: Error | undefined) => {
    throw error === undefined || error.name === 'YError'
      ? usageError(message ?? error?.message ?? '', argv)
      : error;
  });
  const end = argv.indexOf('--');
  literal = end < 0 ? [] : argv.slice(end + 1);
  const words = end < 0 ? argv : argv.slice(0, end);
  const given = withBareValues(words[0] === command.name ? words.slice(1) : words);
  await parser.parseAsync(given.map((arg) => (arg === '-' ? STDIN : arg)));
  return chosen;
}

/** `--isolated explain PLACE`: a command behind flags without values is meant as one, unless a file has its name. */
function commandFirst(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((arg) => !arg.startsWith('-'));
  const command = COMMANDS.find(({ name }) => name === argv[at]);
  if (at <= 0 || command === undefined || existsSync(command.name)) return argv;
  const before = argv.slice(0, at);
  const valueless = command.flags.filter(({ type }) => type === 'boolean').map(({ name }) => `--${name}`);
  return before.every((arg) => arg.includes('=') || valueless.includes(arg))
    ? [command.name, ...before, ...argv.slice(at + 1)]
    : argv;
}

/** The text that `--help` or `--version` asks for; null when neither does. */
function asked(argv: readonly string[]): string | null {
  const end = argv.indexOf('--');
  const given = end < 0 ? argv : argv.slice(0, end);
  const has = (...words: readonly string[]): boolean => given.some((arg) => words.includes(arg));
  if (given[0] === 'help' || has('-h', '--help')) {
    const name = given.find((arg) => !arg.startsWith('-') && arg !== 'help');
    const command = COMMANDS.find((known) => known.name === name) ?? null;
    if (given[0] === 'help' && name !== undefined && command === null) {
      const help = didYouMean(name, COMMAND_NAMES) ?? '`danglint --help` lists the commands';
      throw new UserError('usage', `unknown command \`${name}\``, { help });
    }
    const { stdout } = caller();
    return helpText(command, stdout.isTTY ? Math.min(stdout.columns, 110) : 100);
  }
  return has('-V', '--version') ? `danglint ${version()}\n` : null;
}

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);

const BARE: ReadonlyMap<string, Flag> = new Map(
  COMMANDS.flatMap(({ flags }) => flags)
    .filter(({ bare }) => bare !== undefined)
    .map((flag) => [`--${flag.name}`, flag]),
);

/** A flag whose value may be left out must not eat the path behind it: it gets its value with `=` here. */
function withBareValues(argv: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const [i, arg] of argv.entries()) {
    const before = BARE.get(argv[i - 1] ?? '');
    if (before?.takes?.test(arg) === true) continue;
    const flag = BARE.get(arg);
    const next = argv[i + 1];
    if (flag === undefined) out.push(arg);
    else if (next !== undefined && flag.takes?.test(next) === true) out.push(`${arg}=${next}`);
    else {
      if (next !== undefined) refuseDetached(flag, next);
      out.push(`${arg}=${flag.bare ?? ''}`);
    }
  }
  return out;
}

/** `--statistics model` is no path, where there is none of that name. */
function refuseDetached({ name, choices }: Flag, next: string): void {
  const meant = choices === undefined || next.startsWith('-') ? null : nearest(next, choices);
  if (meant === null || existsSync(next)) return;
  throw new UserError('usage', `\`${next}\` would be a path, and there is none`, {
    help: `write \`--${name}=${meant}\``,
  });
}

type Builder = ReturnType<typeof yargs>;

function addFlags(builder: Builder, flags: readonly Flag[]): Builder {
  for (const flag of flags) {
    builder.option(flag.name, {
      type: flag.type === 'list' ? 'array' : flag.type,
      string: flag.type !== 'boolean',
      ...(flag.alias === undefined ? {} : { alias: flag.alias }),
      ...(flag.type === 'boolean' ? {} : { requiresArg: true }),
    });
  }
  return builder;
}

/** `literal`: what stands behind `--`. */
function parsed(
  command: Command,
  args: Readonly<Record<string, unknown>>,
  literal: readonly string[],
): Parsed {
  const reader = new ArgReader(args);
  for (const { name, choices } of command.flags) {
    const value = reader.each(name).find((given) => choices?.includes(given) === false);
    if (choices === undefined || value === undefined) continue;
    throw new UserError('usage', `\`--${name}\`: ${shown(value)} is not one of ${choices.join(', ')}`, {
      help: didYouMean(value, choices, '"'),
    });
  }
  const operands = [...command.operands.matchAll(/\w+/g)].flatMap(([operand]) => reader.each(operand));
  return {
    command,
    args: reader,
    operands: [...operands, ...literal],
  };
}

function usageError(message: string, argv: readonly string[]): UserError {
  const needy = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (needy !== undefined) {
    const name = needy.length === 1 ? `-${needy}` : `--${needy}`;
    return new UserError('usage', `\`${name}\` needs a value`, { help: 'see `danglint check --help`' });
  }
  if (message.startsWith('Not enough non-option arguments')) {
    const command = COMMANDS.find(({ name }) => argv.includes(name));
    const usage = command === undefined ? '' : `${command.name} ${usageOf(command)}`;
    return new UserError('usage', 'an argument is missing', { help: `write \`danglint ${usage}\`` });
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ')[0];
  if (unknown === undefined) {
    const [first = message] = message.split('\n');
    return new UserError('usage', first, { help: 'see `danglint --help`' });
  }
  const named = COMMANDS.find(({ name }) => argv.includes(name)) ?? COMMANDS[0];
  const flags = named?.flags.flatMap(({ name, alias, negatable }) => [
    `--${name}`,
    ...(negatable === true ? [`--no-${name}`] : []),
    ...(alias === undefined ? [] : [`-${alias}`]),
  ]);
  const spelt = argv.find((arg) => arg.replace(/^-+(no-)?/, '').split('=')[0] === unknown) ?? `--${unknown}`;
  const [flag = spelt] = spelt.split('=');
  const kind = flag.startsWith('-') ? 'flag' : 'argument';
  return new UserError('usage', `unknown ${kind} \`${flag}\``, {
    help: meantFlag(flag, flags ?? []) ?? `see \`danglint ${named?.name ?? ''} --help\``,
  });
}

/** Short flags are too short to guess at; `--format` is the end of one name. */
function meantFlag(flag: string, known: readonly string[]): string | null {
  if (!flag.startsWith('--')) return flag.startsWith('-') ? null : didYouMean(flag, known);
  const long = known.filter((name) => name.startsWith('--'));
  const whole = long.filter((name) => name.endsWith(flag.slice(1)));
  return whole.length === 1 ? `did you mean \`${whole[0]}\`?` : didYouMean(flag, long);
}
