import type { Command, Run } from '../args/commands.ts';
import { COMMANDS } from '../args/commands.ts';
import type { Flag } from '../args/flag.ts';
import { UserError } from '../errors.ts';
import { print } from '../output/streams.ts';
import { SHIPPED } from '../plugins/load.ts';
import { didYouMean } from '../suggest.ts';

/** Prints the completion script of a shell, made from the tables of commands and flags. */
export const run: Run = async ({ operands }) => {
  const [shell = ''] = operands;
  const script = SCRIPTS.get(shell);
  if (script === undefined) {
    throw new UserError('usage', `no completion for "${shell}"`, {
      help: didYouMean(shell, SCRIPTS.keys()) ?? 'there is one for bash, zsh and fish',
    });
  }
  await print(script());
  return 'clean';
};

/** Codes and names of the rules that danglint has: what `RULES` in a flag, and `danglint rule`, take. */
const RULES: readonly string[] = ['ALL', ...SHIPPED.rules.flatMap(({ meta: { code, id } }) => [code, id])];

/** Words that a flag's value is one of; null when it may be anything. */
function valuesOf({ choices, value }: Flag): readonly string[] | null {
  return choices ?? (value === 'RULES' ? RULES : null);
}

const SCRIPTS: ReadonlyMap<string, () => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

function words({ flags }: Command): readonly string[] {
  return flags.flatMap(({ name, alias, negatable }) => [
    `--${name}`,
    ...(negatable === true ? [`--no-${name}`] : []),
    ...(alias === undefined ? [] : [`-${alias}`]),
  ]);
}

function bash(): string {
  const names = COMMANDS.map(({ name }) => name);
  const flagCases = COMMANDS.map((command) => `    ${command.name}) words="${words(command).join(' ')}" ;;`);
  const valueCases = COMMANDS.flatMap((command) => command.flags.map((flag) => valueCase(command, flag)));
  return `# eval "$(danglint completion bash)"
_danglint() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command=check words=""
  case "\${COMP_WORDS[1]}" in
    ${names.join('|')}) [ "$COMP_CWORD" -gt 1 ] && command="\${COMP_WORDS[1]}" ;;
  esac
  case "$command $prev" in
${valueCases.filter((line) => line !== '').join('\n')}
  esac
  case "$command" in
${flagCases.join('\n')}
  esac
  if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$cur"))
  elif [ "$command" = rule ]; then COMPREPLY=($(compgen -W "${RULES.slice(1).join(' ')}" -- "$cur"))
  elif [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$cur") $(compgen -f -- "$cur"))
  else COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _danglint danglint
`;
}

function valueCase(command: Command, flag: Flag): string {
  const values = valuesOf(flag);
  if (values === null || flag.bare !== undefined) return '';
  return `    "${command.name} --${flag.name}") COMPREPLY=($(compgen -W "${values.join(' ')}" -- "$cur")); return ;;`;
}

const zshWords = (words: readonly string[] | null): string => `(${(words ?? []).join(' ')})`;

function zsh(): string {
  const quoted = (text: string): string =>
    text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, (char) => `\\${char}`);
  const one = (flag: Flag): string => {
    const { name, type, doc } = flag;
    const value =
      type === 'boolean' ? '' : `:value:${valuesOf(flag) === null ? '_files' : zshWords(valuesOf(flag))}`;
    return `      '--${name}[${quoted(doc)}]${value}'`;
  };
  const cases = COMMANDS.map(
    ({ name, flags }) =>
      `    ${name}) _arguments \\\n${[...flags.map(one), `      '*:${name === 'rule' ? `rule:${zshWords(RULES.slice(1))}` : 'path:_files'}'`].join(' \\\n')} ;;`,
  );
  const commands = COMMANDS.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  return `#compdef danglint
_danglint() {
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe 'command' commands
    _files
    return
  fi
  local command=$words[2]
  (( \${commands[(I)$command:*]} )) || command=check
  case $command in
${cases.join('\n')}
  esac
}
compdef _danglint danglint
`;
}

function fish(): string {
  const rules = `complete -c danglint -n '__fish_seen_subcommand_from rule' -fa '${RULES.slice(1).join(' ')}'`;
  return `${[...COMMANDS.map(fishCommand), ...COMMANDS.flatMap(fishFlags), rules].join('\n')}\n`;
}

function fishCommand({ name, summary }: Command): string {
  return `complete -c danglint -n __fish_use_subcommand -a ${name} -d '${fishQuoted(summary)}'`;
}

/** Without a command the flags of `check` are offered. */
function fishFlags({ name, flags }: Command): readonly string[] {
  const others = COMMANDS.map((command) => command.name).filter((other) => other !== 'check');
  const when =
    name === 'check'
      ? `not __fish_seen_subcommand_from ${others.join(' ')}`
      : `__fish_seen_subcommand_from ${name}`;
  return flags.map((flag) => {
    const { name: long, alias, type, doc } = flag;
    const values = valuesOf(flag);
    const short = alias === undefined ? '' : ` -s ${alias}`;
    const value = values === null ? (type === 'boolean' ? '' : ' -r') : ` -xa '${values.join(' ')}'`;
    return `complete -c danglint -n '${when}' -l ${long}${short}${value} -d '${fishQuoted(doc)}'`;
  });
}

function fishQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
