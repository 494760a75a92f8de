import parser from 'yargs-parser';
import type { Command } from './commands.ts';

/** What a line holds for a command. */
export interface Words {
  /** Values by the flag's long name: a text, true or false, or a list of them where a flag was given more than once. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What belongs to no flag, in order. */
  readonly operands: readonly string[];
  /** What is wrong with the line; null for a line that the command takes. */
  readonly fault: WordFault | null;
}

export type WordFault =
  | { readonly kind: 'no-value'; readonly flag: string }
  | { readonly kind: 'too-few' }
  /** `flag`: without its dashes. */
  | { readonly kind: 'unknown-flag'; readonly flag: string }
  | { readonly kind: 'too-many'; readonly operand: string };

const CONFIGURATION = {
  'camel-case-expansion': false,
  'dot-notation': false,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
  'populate--': true,
};

/** Sorts the words of a line, without the command's name, into flags and operands; what stands behind `--` is operands. */
export function wordsOf({ flags, operands }: Command, line: readonly string[]): Words {
  const named = (...types: readonly string[]): string[] =>
    flags.filter(({ type }) => types.includes(type)).map(({ name }) => name);
  const { argv, error } = parser.detailed([...line], {
    configuration: CONFIGURATION,
    boolean: named('boolean'),
    string: named('string', 'list'),
    array: named('list'),
    alias: Object.fromEntries(flags.map(({ name, alias }) => [name, alias ?? []])),
    // Not a number: one value at least, which yargs calls `requiresArg`.
    narg: Object.fromEntries(named('string', 'list').map((name) => [name, Number.NaN])),
  });
  const { _: free, '--': literal = [], ...args } = argv;
  const given = [...free, ...literal].map(String);
  const fault =
    given.length < required(operands)
      ? ({ kind: 'too-few' } as const)
      : (noValue(error) ?? tooMuch(args, named('boolean', 'string', 'list'), given, operands));
  return { args, operands: given, fault };
}

const required = (operands: string): number => operands.split('<').length - 1;

/** The parser's only error: `Not enough arguments following: config`. */
function noValue(error: Error | null): WordFault | null {
  const flag = error === null ? undefined : /: (\S+)$/.exec(error.message)?.[1];
  return flag === undefined ? null : { kind: 'no-value', flag };
}

/** The first word that the command does not take. */
function tooMuch(
  args: Readonly<Record<string, unknown>>,
  known: readonly string[],
  given: readonly string[],
  operands: string,
): WordFault | null {
  const most = operands.includes('..') ? Infinity : operands.split(' ').filter(Boolean).length;
  const flag = Object.keys(args).find((name) => !known.includes(name));
  if (flag !== undefined) return { kind: 'unknown-flag', flag };
  const operand = given[most];
  return operand === undefined ? null : { kind: 'too-many', operand };
}
