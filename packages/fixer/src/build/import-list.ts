import { type Edit, type ImportFrom } from '@danglint/core';
import { insertion, replacement } from './edit.ts';
import { indentOf, lineEnd, startsLine, width } from './lines.ts';
import { scan } from './scan.ts';
import type { TextStyle } from './style.ts';

interface Item {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface List {
  readonly items: readonly Item[];
  readonly open: number | null;
  /** End of the last comma when nothing but white space and comments follows it. */
  readonly trailing: number | null;
  readonly end: number;
}

/** Adds names to `from module import ...`, in their sorted places, the comments in the list kept. */
export function extendImport(
  text: string,
  stmt: ImportFrom,
  names: readonly string[],
  style: TextStyle,
): readonly Edit[] {
  const list = readList(text, stmt);
  if (list.items.length === 0) return [];
  const source = text.slice(stmt.start, stmt.end);
  const sorted = [...names].sort((a, b) => compareNames(a, b));
  if (!/[\r\n]/.test(source)) return onOneLine(text, stmt, list, sorted, style);
  return sorted.flatMap((name) => insertName(text, list, name, style));
}

function readList(text: string, stmt: ImportFrom): List {
  const tokens = scan(text, stmt.start, stmt.end);
  const keyword = tokens.findIndex(
    ({ kind, start, end }) => kind === 'other' && text.slice(start, end) === 'import',
  );
  const items: Item[] = [];
  let open: number | null = null;
  let trailing: number | null = null;
  let inside = false;
  for (const { kind, start, end } of tokens.slice(keyword + 1)) {
    if (kind === 'open') open = start;
    else if (kind === 'comma') trailing = end;
    else if (kind === 'other') {
      const last = items.at(-1);
      if (inside && last !== undefined) items[items.length - 1] = { ...last, end };
      else items.push({ name: text.slice(start, end), start, end });
      trailing = null;
    }
    if (kind === 'comma' || kind === 'other') inside = kind === 'other';
  }
  return { items, open, trailing, end: stmt.end };
}

function onOneLine(
  text: string,
  stmt: ImportFrom,
  list: List,
  names: readonly string[],
  style: TextStyle,
): readonly Edit[] {
  const added = names.reduce((sum, name) => sum + name.length + 2, 0);
  const line = text.slice(stmt.start, lineEnd(text, stmt.end));
  const comment = line.includes('#');
  if (comment || width(line) + added <= style.limit)
    return names.flatMap((name) => insertName(text, list, name, style));
  const unit = '    ';
  const all = [...list.items.map(({ start, end }) => text.slice(start, end)), ...names].sort((a, b) =>
    compareNames(a, b),
  );
  const lines = ['(', ...all.map((item) => `${unit}${item},`), ')'].join(style.newline);
  return [replacement(list.open ?? list.items[0]?.start ?? stmt.end, stmt.end, lines)];
}

/** Before the first name that sorts after it, else at the end. */
function insertName(text: string, list: List, name: string, { newline }: TextStyle): readonly Edit[] {
  const next = list.items.find((item) => compareNames(item.name, name) > 0);
  if (next !== undefined) {
    const own = list.open !== null && startsLine(text, next.start);
    const gap = own ? newline + indentOf(text, next.start) : ' ';
    return [insertion(next.start, `${name},${gap}`)];
  }
  const last = list.items.at(-1);
  if (last === undefined) return [];
  if (list.open === null || !startsLine(text, last.start)) {
    const at = list.trailing ?? last.end;
    return [insertion(at, list.trailing === null ? `, ${name}` : ` ${name},`)];
  }
  const indent = newline + indentOf(text, last.start);
  const at = lineEnd(text, last.end);
  if (list.trailing !== null) return [insertion(at, `${indent}${name},`)];
  return [insertion(last.end, ','), insertion(at, indent + name)];
}

/** Constants, then classes, then the rest, each without regard to case: isort's and ruff's order. */
export function compareNames(a: string, b: string): number {
  const left = a.split(/\s/, 1)[0] ?? a;
  const right = b.split(/\s/, 1)[0] ?? b;
  return rank(left) - rank(right) || order(left.toLowerCase(), right.toLowerCase()) || order(left, right);
}

function rank(name: string): number {
  if (name.length > 1 && name === name.toUpperCase()) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
