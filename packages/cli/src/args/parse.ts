import { existsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { shown } from '../config/value.ts';
import { caller } from '../output/caller.ts';
import { print } from '../output/streams.ts';
import { didYouMean, nearest } from '../suggest.ts';
import { version } from '../version.ts';
import { CHECK, COMMANDS, type Command, usageOf } from './commands.ts';
import type { Flag } from './flag.ts';
import { helpText } from './help.ts';
import { ArgReader } from './reader.ts';
import { type WordFault, wordsOf } from './words.ts';

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
  const command = COMMANDS.find(({ name }) => name === argv[0]) ?? CHECK;
  const end = argv.indexOf('--');
  const [words, literal] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end)];
  const given = withBareValues(words[0] === command.name ? words.slice(1) : words);
  const { args, operands, fault } = wordsOf(command, [...given, ...literal]);
  if (fault !== null) throw usageError(fault, argv);
  const reader = new ArgReader(args);
  checkChoices(command, reader);
  return { command, args: reader, operands };
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

function checkChoices({ flags }: Command, reader: ArgReader): void {
  for (const { name, choices } of flags) {
    const value = reader.each(name).find((given) => choices?.includes(given) === false);
    if (choices === undefined || value === undefined) continue;
    throw new UserError('usage', `\`--${name}\`: ${shown(value)} is not one of ${choices.join(', ')}`, {
      help: didYouMean(value, choices, '"'),
    });
  }
}

function usageError(fault: WordFault, argv: readonly string[]): UserError {
  const command = COMMANDS.find(({ name }) => argv.includes(name));
  if (fault.kind === 'no-value') {
    return new UserError('usage', `\`${dashed(fault.flag)}\` needs a value`, {
      help: 'see `danglint check --help`',
    });
  }
  if (fault.kind === 'too-few') {
    const usage = command === undefined ? '' : `${command.name} ${usageOf(command)}`;
    return new UserError('usage', 'an argument is missing', { help: `write \`danglint ${usage}\`` });
  }
  return fault.kind === 'too-many'
    ? unknown('argument', fault.operand, command ?? CHECK)
    : unknownFlag(fault.flag, command ?? CHECK, argv);
}

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

/** `name`: without its dashes. */
function unknownFlag(name: string, command: Command, argv: readonly string[]): UserError {
  const spelt = argv.find((arg) => arg.replace(/^-+(no-)?/, '').split('=')[0] === name) ?? dashed(name);
  const [flag = spelt] = spelt.split('=');
  return unknown(flag.startsWith('-') ? 'flag' : 'argument', flag, command);
}

function unknown(kind: 'flag' | 'argument', word: string, { name, flags }: Command): UserError {
  const known = flags.flatMap(({ name, alias, negatable }) => [
    `--${name}`,
    ...(negatable === true ? [`--no-${name}`] : []),
    ...(alias === undefined ? [] : [`-${alias}`]),
  ]);
  return new UserError('usage', `unknown ${kind} \`${word}\``, {
    help: meantFlag(word, known) ?? `see \`danglint ${name} --help\``,
  });
}

/** Short flags are too short to guess at; `--format` is the end of one name. */
function meantFlag(flag: string, known: readonly string[]): string | null {
  if (!flag.startsWith('--')) return flag.startsWith('-') ? null : didYouMean(flag, known);
  const long = known.filter((name) => name.startsWith('--'));
  const whole = long.filter((name) => name.endsWith(flag.slice(1)));
  return whole.length === 1 ? `did you mean \`${whole[0]}\`?` : didYouMean(flag, long);
}
