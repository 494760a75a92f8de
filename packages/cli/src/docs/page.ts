import { COMMANDS, usageOf } from '../args/commands.ts';
import { type Flag, GROUPS } from '../args/flag.ts';
import { CHECK_FLAGS } from '../args/flags.ts';
import { settingToml } from '../commands/settings-list.ts';
import { CONFIG_NAMES } from '../config/files.ts';
import type { Key } from '../config/key.ts';
import { ALL_KEYS } from '../config/table.ts';
import { EXITS } from '../exit.ts';
import { FORMAT_DOCS } from '../format/docs.ts';
import { FORMAT_NAMES } from '../format/names.ts';
import { daemonSection } from './daemon.ts';

/** The text of docs/cli.md, made from the tables that the program itself runs on. */
export function cliPage(): string {
  return [
    '# The command line\n',
    '<!-- Generated from the tables in packages/cli/src by `pnpm gen`; do not edit. -->\n',
    commands(),
    flags(),
    exits(),
    streams(),
    formats(),
    configuration(),
    suppressions(),
    adoption(),
    production(),
    live(),
    daemonSection(),
  ].join('\n');
}

function commands(): string {
  const rows = COMMANDS.map((command) => [
    `\`danglint ${command.name} ${usageOf(command)}\``.replace(' `', '`'),
    command.summary,
  ]);
  return [
    '## Commands\n',
    table(['command', 'what it does'], rows),
    '`danglint PATHS` is short for `danglint check PATHS`. Without a path the current folder is checked; `-` reads one file from',
    'standard input. The whole project around the first path is loaded, so that callers are seen; findings are reported for the',
    'given paths only. Of paths in several projects all of these are loaded, or the project that holds them.\n',
  ].join('\n');
}

function flags(): string {
  const groups = GROUPS.map((group) => {
    const rows = CHECK_FLAGS.filter((flag) => flag.group === group).map(flagRow);
    return `### ${group}\n\n${table(['flag', 'meaning', 'setting, variable'], rows)}`;
  });
  return [
    '## Flags of `check`\n',
    'Lists take commas and repetition: `--select DNE1,DNE301` and `--select DNE1 --select DNE301` are the same.\n',
    ...groups,
  ].join('\n');
}

function flagRow(flag: Flag): readonly string[] {
  const { name, alias, doc, choices, negatable, key, env } = flag;
  const spelt = [
    ...(alias === undefined ? [] : [`\`-${alias}\``]),
    `\`--${name}${valueText(flag)}\``,
    ...(negatable === true ? [`\`--no-${name}\``] : []),
  ].join(', ');
  const values = choices === undefined ? '' : `: ${choices.map((choice) => `\`${choice}\``).join(', ')}`;
  const links = [key, env].filter((link) => link !== undefined).map((link) => `\`${link}\``);
  return [spelt, `${doc}${values}`, links.join(', ')];
}

function valueText({ value, bare, takes }: Flag): string {
  if (value === undefined) return '';
  if (bare === undefined) return ` ${value}`;
  return takes === undefined ? `[=${value}]` : ` [${value}]`;
}

function exits(): string {
  const rows = Object.values(EXITS).map(({ code, when }) => [String(code), when]);
  return `## Exit codes\n\n${table(['code', 'when'], rows)}`;
}

function streams(): string {
  return [
    '## Where output goes\n',
    'Standard output holds findings, or the diff of `--diff`, and nothing else; summaries, warnings and progress go to standard',
    'error. With `-` and `--fix` the fixed source goes to standard output and the findings to standard error. `--diff` never',
    'writes; `git apply` takes its output. A progress line appears on a terminal only, after a second.\n',
  ].join('\n');
}

function formats(): string {
  const rows = FORMAT_NAMES.map((name) => [`\`${name}\``, FORMAT_DOCS[name]]);
  return `## Output formats\n\n${table(['format', 'for'], rows)}`;
}

function configuration(): string {
  const names = CONFIG_NAMES.map((name) => `\`${name}\``).join(', ');
  return [
    '## Configuration\n',
    `The nearest folder at or above the first path that has one of ${names} (with a table \`[tool.danglint]\`) is the root of`,
    'the project; in one folder the first of these names counts. Nothing is merged with files further up unless `extend` names',
    'them. Strength, from weakest: defaults, what the code base asks for, extended files, the file, `--config "key = value"`, flags and variables.',
    '`danglint check --show-settings` prints every value with its source.\n',
    'In pyproject.toml the keys stand below `[tool.danglint]`.\n',
    ...ALL_KEYS.map(keySection),
  ].join('\n');
}

function keySection(key: Key<unknown>): string {
  return [
    `### \`${key.path}\`\n`,
    `${key.doc}\n`,
    `Type: ${key.type.label.replaceAll('|', '\\|')}. Default: \`${settingToml(key, key.default)}\`.\n`,
    `\`\`\`toml\n${key.example}\n\`\`\`\n`,
  ].join('\n');
}

function suppressions(): string {
  const rows = [
    [
      '`x = Foo.objects.get(id=i)  # danglint: ignore[DNE001] why`',
      'the finding that starts or ends on this line',
    ],
    ['`# danglint: ignore[DNE001]` on its own line', 'the next logical line, however many lines it takes'],
    ['`# danglint: file-ignore[DNE001]` on its own line', 'the whole file'],
    [
      '`# danglint: disable[DNE001]` … `# danglint: enable[DNE001]`',
      'everything between, or to the end of the file',
    ],
    [
      '`# noqa: DNE001`, `# noqa: unhandled-lookup`, `# noqa`',
      'the finding that starts or ends on this line',
    ],
    ['`# danglint: noqa`, `# danglint: noqa: DNE001` on its own line', 'the whole file'],
  ];
  return [
    '## Comments that keep a finding quiet\n',
    table(['comment', 'reaches'], rows),
    'Codes, prefixes of codes (`DNE1`) and names work, separated by commas; the code of another rule that fits the place (`also fits` in the',
    'help of a finding) works, too. Without brackets every rule is meant; a comment of any other form means nothing and is reported (DNE903)',
    'with the form that was meant. Comments of two tools on one line need',
    'a `#` each: `# type: ignore # danglint: ignore[DNE001]`. `--ignore-noqa` switches all of them off. Tell ruff about our codes',
    'with `[tool.ruff.lint] external = ["DNE"]`. A comment that keeps nothing quiet is reported (DNE900) and `--fix` removes it; a',
    'code that no rule has is reported as DNE903. Text inside strings is no comment.\n',
  ].join('\n');
}

function adoption(): string {
  return [
    '## Adopting it on an old code base\n',
    'Two ways keep known findings quiet, and both leave new ones in sight. `danglint --update-baseline` writes',
    '`.danglint-baseline.json`; commit it, and every later run, of editors and CI alike, reports only what it does not list. An entry',
    'names the rule, the function and a hash of the lookup, never a line; of several equal lookups in one function the count is kept,',
    'so one more is reported. A renamed file keeps its entries. Entries whose finding is gone are a warning and exit code 0 (`--fail-level info` makes them count);',
    '`--update-baseline` drops them. In the file every entry has a line of its own, scattered by its fingerprint, with lines between',
    'that never change: branches merge. Where git leaves a conflict in it all the same, `--update-baseline` goes on from both sides.',
    'It leaves entries alone of files and rules that the run did not look at. `--fix` fixes what is',
    'reported, so known findings stay; `--no-baseline --fix` fixes them too.\n',
    '`danglint --add-ignore="why"` writes `# danglint: ignore[CODE] why` for every finding that is left: at the end of its line, or',
    'above it where the line would pass 88 columns or a comment cannot stand. A second run changes nothing.\n',
    '`--changed`, `--changed --since main` and `--staged` report what the change has to do with: a finding is kept when a line on its',
    "path changed (the lookup, a caller, any step of the exception's way), or when the program before the change did not have it: a",
    'handler went away, wherever it stood. That program is judged too; only files that differ are read twice. Untracked files count as changed, renamed ones',
    'by their lines. `--since` starts at the fork from the branch, so a shallow clone stops with exit code 2 and says what to fetch.\n',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')}\n`;
}

function live(): string {
  return [
    '## At the terminal\n',
    '`danglint -i` shows one finding at a time, with its path and the diff of its fix, and takes the keys of `git add -p`: `y` apply,',
    '`n` leave, `a` apply this and the later ones of the file, `d` leave them, `e` open $VISUAL or $EDITOR at the line, `u` undo the last',
    'answer, `q` stop. An accepted fix is written at once, unsafe ones too since you have seen them, and `u` takes it back on disk.',
    'Without a terminal it stops with exit code 2.\n',
    '`danglint -w` stays and checks again after every save. New files, removed ones and a changed configuration are seen; while the',
    'configuration is broken its error is shown. Only folders that hold files of the program are watched. In a big program the saved',
    'files come first, with what leads through them; then the rest is judged, and the screen drawn anew where that changes it.\n',
  ].join('\n');
}

function production(): string {
  return [
    '## Production data\n',
    'A lookup that crashed 610,142 times comes first. danglint reads files only; fetch them with a token of scope `event:read`:\n',
    '```sh',
    'curl -H "Authorization: Bearer $TOKEN" "https://sentry.io/api/0/organizations/ORG/issues/?query=DoesNotExist&limit=100" > issues.json',
    'danglint production import issues.json       # writes .danglint/production.json',
    'danglint --sort production --min-events 100',
    '```\n',
    'Issue lists, events (`.../issues/ID/events/?full=true`, with frames) and CSV with headings `title` and `count` are understood;',
    'several files, JSON lines, and pages saved one behind the other too. Kept are issues about `DoesNotExist` only, and of them',
    'ids, counts, dates, the model, and file, function and line of the frames: no variables, users, requests or messages.\n',
    "An issue belongs to the lookup whose file and function agree with the crash frame (or file and the line's text); the path is",
    'compared from its end, the line number is a hint only, and a model that the message names must agree. Without any frame the model',
    'alone decides. An issue counts once: where several findings fit equally its counts are divided evenly, and the finding says so.',
    'Issues without a finding are listed with the reason when `--production`, `--sort production` or `--min-events` is given.\n',
  ].join('\n');
}
