import type { FormatName } from './names.ts';

/** What each format is for, in one line. */
export const FORMAT_DOCS: Readonly<Record<FormatName, string>> = {
  full: "people: the code, the exception's path, and the fix as a diff",
  concise: 'people and editors: one line a finding, `path:row:column: CODE [*] message`',
  grouped: 'people: findings below a heading for each file',
  json: "programs: one array; ruff's keys, then `confidence`, `model`, `function`, `form`, `origin`, `verdict`, `labels`",
  'json-lines': 'programs: the same objects, one a line',
  github: 'GitHub Actions: annotations in the pull request',
  gitlab: 'GitLab: a Code Quality report, files named from the top of the repository',
  junit: "CI servers: JUnit's XML; a finding below `--fail-level` is a case that passed",
  pylint: "tools that read pylint's output",
  rdjson: 'reviewdog',
  azure: 'Azure Pipelines: logging commands',
  sarif:
    'code scanning: SARIF 2.1.0 with code flows and fixes, files named from the top of the repository; with `--ignore-noqa` what comments keep quiet is in it, marked as suppressed',
  html: 'people: one page that needs no network, findings ranked, with filters, paths and fixes',
  markdown: 'a comment on a pull request',
  agent: 'coding agents: everything about a finding on one line',
};
