import type { Finding } from '../format/finding.ts';
import { groupBy } from '../format/text.ts';

/** What `--statistics` counts by. */
export const STATISTICS = ['rule', 'model', 'app'] as const;

export type StatisticsBy = (typeof STATISTICS)[number];

export interface StatisticsRequest {
  readonly by: StatisticsBy;
  readonly asJson: boolean;
  /** Every file of the program: apps are told by their files. */
  readonly paths: readonly string[];
}

interface Row {
  readonly key: string;
  readonly list: readonly Finding[];
}

/** Findings counted, most frequent first. */
export function statistics(findings: readonly Finding[], { by, asJson, paths }: StatisticsRequest): string {
  const app = by === 'app' ? appOf(paths) : () => '';
  const keys: Readonly<Record<StatisticsBy, (finding: Finding) => string>> = {
    rule: ({ report }) => report.code,
    model: ({ report }) => report.judgement?.lookup.model ?? '(unknown)',
    app: ({ report }) => app(report.path),
  };
  const rows = [...groupBy(findings, keys[by])]
    .map(([key, list]): Row => ({ key, list }))
    .sort((a, b) => b.list.length - a.list.length || (a.key < b.key ? -1 : 1));
  if (asJson)
    return `${JSON.stringify(rows.map(by === 'rule' ? jsonRule : (row) => jsonGroup(row, by)), null, 2)}\n`;
  const width = Math.max(0, ...rows.map(({ list }) => String(list.length).length));
  const line = by === 'rule' ? ruleText : groupText;
  return rows.map((row) => `${String(row.list.length).padStart(width)}\t${line(row)}\n`).join('');
}

/** `[*]` all fixable in this run, `[-]` some, `[ ]` none. */
function fixable({ list }: Row): '[*]' | '[-]' | '[ ]' {
  const fixes = list.filter(({ fix }) => fix?.applies === true).length;
  return fixes === 0 ? '[ ]' : fixes === list.length ? '[*]' : '[-]';
}

function ruleText(row: Row): string {
  return `${row.key}\t${fixable(row)} ${nameOf(row)}`;
}

function groupText({ key, list }: Row): string {
  const codes = [...groupBy(list, ({ report }) => report.code)].map(
    ([code, some]) => `${some.length} ${code}`,
  );
  return `${key}\t${codes.join(', ')}`;
}

function jsonRule(row: Row): unknown {
  return { count: row.list.length, code: row.key, name: nameOf(row), fixable: fixable(row) === '[*]' };
}

function jsonGroup({ key, list }: Row, by: StatisticsBy): unknown {
  const codes = [...groupBy(list, ({ report }) => report.code)].map(([code, some]) => [code, some.length]);
  return { count: list.length, [by]: key, rules: Object.fromEntries(codes) };
}

function nameOf({ list }: Row): string {
  return list[0]?.report.ruleId ?? '';
}

/** The Django app of a file: the nearest folder with models or an app configuration, else the outermost folder. */
function appOf(paths: readonly string[]): (path: string) => string {
  const apps = new Set(
    paths.flatMap((path) => /^(.*)\/(?:models|apps)(?:\/__init__)?\.py$/.exec(path)?.[1] ?? []),
  );
  return (path) => {
    const parts = path.split('/').slice(0, -1);
    for (let n = parts.length; n > 0; n--) {
      const folder = parts.slice(0, n).join('/');
      if (apps.has(folder)) return folder;
    }
    return parts[0] ?? '(top)';
  };
}
