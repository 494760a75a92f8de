import { readFileSync } from 'node:fs';
import { errorCode, ioMessage } from '@danglint/core';
import { isTable } from '../config/value.ts';
import { UserError } from '../errors.ts';

/** How often each finding is known: path, code and fingerprint to a count. */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;

/** One entry of a baseline. */
export interface Entry {
  readonly path: string;
  readonly code: string;
  readonly fp: string;
  readonly count: number;
}

const VERSION = 1;

export function entriesOf(baseline: Baseline): readonly Entry[] {
  return [...baseline].flatMap(([path, codes]) =>
    [...codes].flatMap(([code, prints]) => [...prints].map(([fp, count]) => ({ path, code, fp, count }))),
  );
}

/** Equal entries are added up. */
export function baselineOf(entries: readonly Entry[]): Baseline {
  const paths = new Map<string, Map<string, Map<string, number>>>();
  for (const { path, code, fp, count } of entries) {
    const codes = paths.get(path) ?? new Map<string, Map<string, number>>();
    const prints = codes.get(code) ?? new Map<string, number>();
    prints.set(fp, (prints.get(fp) ?? 0) + count);
    paths.set(path, codes.set(code, prints));
  }
  return paths;
}

/** Reads a baseline file; null when there is none. Throws a `UserError` for one that cannot be read. */
export function readBaseline(file: string): Baseline | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw broken(file, ioMessage(error));
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const conflict = /^(<{7}|>{7}) /m.test(text);
    throw broken(
      file,
      conflict ? 'it holds conflict markers of git' : error instanceof Error ? error.message : String(error),
    );
  }
  return checked(data, file);
}

function broken(file: string, why: string): UserError {
  return new UserError('input', `the baseline cannot be read: ${why}`, {
    where: file,
    help: 'write it anew with `--update-baseline` (delete the file first), or run with `--no-baseline`',
  });
}

function checked(data: unknown, file: string): Baseline {
  if (!isTable(data) || !isTable(data['findings']))
    throw broken(file, 'it is no object with `version` and `findings`');
  if (data['version'] !== VERSION) {
    throw broken(
      file,
      `its version is ${JSON.stringify(data['version'])}; this danglint reads version ${VERSION}`,
    );
  }
  const entries = Object.entries(data['findings']).flatMap(([path, codes]) => {
    if (!isTable(codes)) throw broken(file, `\`${path}\` is no object of codes`);
    return Object.entries(codes).flatMap(([code, list]) => {
      if (!Array.isArray(list)) throw broken(file, `\`${path}\`, ${code}: no list`);
      return list.map((item: unknown) => ({
        path,
        code,
        ...checkedItem(item, `\`${path}\`, ${code}`, file),
      }));
    });
  });
  return baselineOf(entries);
}

function checkedItem(item: unknown, at: string, file: string): Pick<Entry, 'fp' | 'count'> {
  const fp = isTable(item) ? item['fp'] : null;
  const count = isTable(item) ? item['count'] : null;
  if (typeof fp !== 'string' || typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
    throw broken(file, `${at}: an entry is {"fp": "...", "count": 1}, not ${JSON.stringify(item)}`);
  }
  return { fp, count };
}

/** The text of a baseline file: sorted, an entry a line, so that two branches seldom touch the same lines. */
export function baselineText(baseline: Baseline): string {
  const sorted = <T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const joined = (lines: readonly string[]): string => lines.join(',\n');
  const paths = sorted(baseline).map(([path, codes]) => {
    const blocks = sorted(codes).map(([code, prints]) => {
      const items = sorted(prints).map(
        ([fp, count]) => `        {"fp": ${JSON.stringify(fp)}, "count": ${count}}`,
      );
      return `      ${JSON.stringify(code)}: [\n${joined(items)}\n      ]`;
    });
    return `    ${JSON.stringify(path)}: {\n${joined(blocks)}\n    }`;
  });
  const findings = paths.length === 0 ? '{}' : `{\n${joined(paths)}\n  }`;
  return `{\n  "version": ${VERSION},\n  "findings": ${findings}\n}\n`;
}
