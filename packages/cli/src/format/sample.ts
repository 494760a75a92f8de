import {
  decode,
  type Fix,
  type Label,
  offset,
  type Report,
  type RuleMeta,
  type SourceFile,
  span,
} from '@danglint/core';
import { PLAIN } from './colors.ts';
import type { Finding, FormatContext } from './finding.ts';
import { View } from './view.ts';

/** For tests: findings made by hand. `files` are the texts of the program below `/srv/shop`. */
export function sample(
  files: Readonly<Record<string, string>>,
  reports: readonly Report[],
  unsafeFixes = false,
): readonly Finding[] {
  const view = new View({
    root: '/srv/shop',
    cwd: '/srv/shop',
    top: '/srv/shop',
    source: (path) => sourceOf(path, files[path]),
    url: (code) => `https://example.org/rules/${code}`,
    fixes: (report) => report.fixes(),
    unsafeFixes,
    changes: (report, fix) => [{ path: report.path, edits: fix.edits }, ...fix.others],
  });
  return reports.map((report) => view.finding(report));
}

function sourceOf(path: string, text: string | undefined): SourceFile | null {
  const decoded = text === undefined ? null : decode(path, Buffer.from(text));
  return decoded?.ok === true ? decoded.file : null;
}

/** A report on the first occurrence of `at` in `text`. */
export function reportOn(text: string, at: string, change: Partial<Report> = {}): Report {
  return {
    ruleId: 'task-argument-lookup',
    code: 'DNE101',
    severity: 'error',
    confidence: 'high',
    path: 'tasks.py',
    span: spanOf(text, at),
    message: '`Detector` row may be gone when the task runs',
    labels: [],
    help: null,
    function: 'process',
    judgement: null,
    fixes: () => [],
    refusals: () => [],
    ...change,
  };
}

export function labelOn(path: string, text: string, at: string, message: string): Label {
  return { path, span: spanOf(text, at), message };
}

export function fixOf(text: string, at: string, replacement: string, change: Partial<Fix> = {}): Fix {
  return {
    title: 'Skip when the Detector is missing',
    pattern: 'A',
    recipe: 'skip',
    applicability: 'safe',
    why: null,
    edits: [{ ...spanOf(text, at), text: replacement }],
    imports: [],
    group: 'process',
    others: [],
    ...change,
  };
}

export function spanOf(text: string, at: string): Report['span'] {
  const start = text.indexOf(at);
  if (start < 0) throw new Error(`no ${JSON.stringify(at)} in the text`);
  return at === '' ? { start: offset(0), end: offset(0) } : span(start, start + at.length);
}

export const RULES: readonly RuleMeta[] = [
  {
    id: 'task-argument-lookup',
    code: 'DNE101',
    summary: 'a row that is looked up by an argument of a task',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['task-argument'],
    precedence: 101,
    docs: 'https://example.org/rules/task-argument-lookup',
  },
];

export const CONTEXT: FormatContext = {
  colors: PLAIN,
  width: 100,
  version: '1.2.3',
  homepage: null,
  failLevel: 'warning',
  rules: RULES,
  page: () => null,
};
