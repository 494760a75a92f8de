import type { Command, Run } from '../args/commands.ts';
import { COMMANDS } from '../args/commands.ts';
import type { Flag } from '../args/flag.ts';
import { UserError } from '../errors.ts';
import { print } from '../output/streams.ts';
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
  elif [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$cur") $(compgen -f -- "$cur"))
  else COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _danglint danglint
`;
}

function valueCase(command: Command, { name, choices, bare }: Flag): string {
  if (choices === undefined || bare !== undefined) return '';
  return `    "${command.name} --${name}") COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur")); return ;;`;
}

function zsh(): string {
  const quoted = (text: string): string =>
    text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, (char) => `\\${char}`);
  const one = ({ name, type, choices, doc }: Flag): string => {
    const value =
      type === 'boolean' ? '' : `:value:${choices === undefined ? '_files' : `(${choices.join(' ')})`}`;
    return `      '--${name}[${quoted(doc)}]${value}'`;
  };
  const cases = COMMANDS.map(
    ({ name, flags }) =>
      `    ${name}) _arguments \\\n${[...flags.map(one), "      '*:path:_files'"].join(' \\\n')} ;;`,
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
  return `${[...COMMANDS.map(fishCommand), ...COMMANDS.flatMap(fishFlags)].join('\n')}\n`;
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
  return flags.map(({ name: long, alias, type, choices, doc }) => {
    const short = alias === undefined ? '' : ` -s ${alias}`;
    const value = choices === undefined ? (type === 'boolean' ? '' : ' -r') : ` -xa '${choices.join(' ')}'`;
    return `complete -c danglint -n '${when}' -l ${long}${short}${value} -d '${fishQuoted(doc)}'`;
  });
}

function fishQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
