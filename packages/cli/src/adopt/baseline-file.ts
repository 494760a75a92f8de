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

const ABOUT =
  'Known findings of danglint, one a line. The numbers between them stay: they keep the lines of two branches apart.';

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
  const text = textOf(file);
  if (text === null) return null;
  if (isConflict(text)) throw broken(file, 'it holds conflict markers of git');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw broken(file, error instanceof Error ? error.message : String(error));
  }
  return checked(data, file);
}

/** What a file says that is about to be written anew: of a merge that git left open the entries of both sides. */
export function baselineBefore(file: string): Baseline | null {
  const text = textOf(file);
  if (text === null || !isConflict(text)) return readBaseline(file);
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/,$/, '')));
  const items = [...lines].filter((line) => line.startsWith('{"'));
  return baselineOf(items.map((line) => checkedItem(parsed(line), file)));
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw broken(file, ioMessage(error));
  }
}

function isConflict(text: string): boolean {
  return /^(<{7}|>{7}) /m.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function broken(file: string, why: string): UserError {
  return new UserError('input', `the baseline cannot be read: ${why}`, {
    where: file,
    help: '`--update-baseline` writes it anew (delete it first where that cannot read it either); `--no-baseline` does without',
  });
}

function checked(data: unknown, file: string): Baseline {
  if (!isTable(data) || !('findings' in data))
    throw broken(file, 'it is no object with `version` and `findings`');
  if (data['version'] !== VERSION) {
    throw broken(
      file,
      `its version is ${JSON.stringify(data['version'])}; this danglint reads version ${VERSION}`,
    );
  }
  const { findings } = data;
  if (!Array.isArray(findings)) throw broken(file, '`findings` is no list');
  const items = findings.filter((item: unknown) => typeof item !== 'string');
  return baselineOf(items.map((item: unknown) => checkedItem(item, file)));
}

function checkedItem(item: unknown, file: string): Entry {
  const of = (key: string): unknown => (isTable(item) ? item[key] : null);
  const [path, code, fp, count] = ['path', 'code', 'fp', 'count'].map(of);
  const texts = typeof path === 'string' && typeof code === 'string' && typeof fp === 'string';
  if (!texts || typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
    throw broken(
      file,
      `an entry is {"path": "...", "code": "...", "fp": "...", "count": 1}, not ${JSON.stringify(item)}`,
    );
  }
  return { path, code, fp, count };
}

/** Marks between the entries: `00` to `ff`, each behind the fingerprints that start so. */
const MARKS: readonly string[] = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/**
 * The text of a baseline file: an entry a line, sorted by fingerprint, with marks between them. Git merges two changes cleanly
 * when an untouched line lies between them. Fingerprints scatter the entries of one branch over the file, the marks are never
 * touched, and every line ends as it always does, since the last one is a mark.
 */
export function baselineText(baseline: Baseline): string {
  const order = ({ fp, path, code }: Entry): string => [fp, path, code].join('\0');
  const entries = entriesOf(baseline).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const lines: string[] = [];
  let next = 0;
  for (const [i, mark] of MARKS.entries()) {
    const isLast = i === MARKS.length - 1;
    for (let entry = entries[next]; entry !== undefined; entry = entries[++next]) {
      if (!isLast && entry.fp.slice(0, 2) > mark) break;
      lines.push(line(entry));
    }
    lines.push(JSON.stringify(mark));
  }
  const head = `  "version": ${VERSION},\n  "about": ${JSON.stringify(ABOUT)},\n`;
  return `{\n${head}  "findings": [\n${lines.map((text) => `    ${text}`).join(',\n')}\n  ]\n}\n`;
}

function line({ path, code, fp, count }: Entry): string {
  const text = (value: string): string => JSON.stringify(value);
  return `{"path": ${text(path)}, "code": ${text(code)}, "fp": ${text(fp)}, "count": ${count}}`;
}
