import { hostname } from 'node:os';
import type { Report, Severity } from '@danglint/core';
import type { ProductionShare } from '../production/shares.ts';
import { printable } from './cells.ts';
import type { Colors } from './colors.ts';
import type { Finding } from './finding.ts';

/** `DNE101 [*] message`; the star says that `--fix` would fix it. */
export function headline({ report, fix, url }: Finding, colors: Colors, bold = true): string {
  const star = fix?.applies === true ? ` [${colors.help('*')}]` : '';
  const message = printable(report.message);
  const painted = colors[report.severity](report.code);
  const code = isUrl(url) ? colors.link(painted, url) : painted;
  return `${code}${star} ${bold ? colors.bold(message) : message}`;
}

/** `1 error`, `2 errors`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** The items by key, keys in the order in which they first come. */
export function groupBy<T, K = string>(
  items: readonly T[],
  key: (item: T) => K,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** A file as an address that a terminal opens; the host tells terminals of other machines that it is not theirs. */
export function fileUrl(absolute: string): string {
  const path = absolute.startsWith('/') ? absolute : `/${absolute}`;
  return `file://${hostname()}${encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F')}`;
}

/** The address of a rule's page is a path in the repository while there is no site. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text);
}

/** `3 errors, 1 warning and 2 infos`; empty for no findings. */
export function severityCounts(reports: readonly Pick<Report, 'severity'>[]): string {
  const of = (severity: Severity): number => reports.filter((report) => report.severity === severity).length;
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    of(severity) > 0 ? [count(of(severity), severity)] : [],
  );
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** `610,142 events, 1,204 users (SENTRY-5D9J)`. */
export function productionText({ events, users, issues, split }: ProductionShare): string {
  const number = (n: number, one: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`;
  const shared = split ? '; counts divided among findings that fit equally' : '';
  return `${number(events, 'event')}, ${number(users, 'user')} (${issues.join(', ')}${shared})`;
}
