import { type For, type Stmt, stmtBlocks, type While } from '@danglint/core';
import { indentOf, lineStart, restOfLine } from '../build/lines.ts';

/** The statements of the block that a statement stands in. */
export function blockOf(parent: Stmt | undefined, stmt: Stmt, body: readonly Stmt[]): readonly Stmt[] {
  const blocks = parent === undefined ? [body] : stmtBlocks(parent);
  return blocks.find((block) => block.includes(stmt)) ?? [stmt];
}

/** The innermost loop of the function whose body holds the statement. */
export function loopOf(around: readonly Stmt[], stmt: Stmt): For | While | null {
  for (let i = around.length - 1; i >= 0; i--) {
    const outer = around[i];
    const inner = around[i + 1] ?? stmt;
    if (outer?.kind === 'FunctionDef' || outer?.kind === 'ClassDef') return null;
    if ((outer?.kind === 'For' || outer?.kind === 'While') && outer.body.includes(inner)) return outer;
  }
  return null;
}

/** How a statement stands in its file. */
export interface Line {
  readonly indent: string;
  readonly unit: string;
  /** Where the header ends that the statement stands behind (`if x: y = 1`); null when it has a line of its own. */
  readonly inlineAfter: number | null;
}

/** The line of a statement; a reason when others share it. */
export function lineOf(
  text: string,
  body: readonly Stmt[],
  stmt: Stmt,
  parent: Stmt | undefined,
  block: readonly Stmt[],
): Line | { readonly reason: string } {
  const rest = isCompound(stmt) ? '' : restOfLine(text, stmt.end);
  if (rest !== '' && !rest.startsWith('#')) return { reason: 'several statements share its line' };
  const before = text.slice(lineStart(text, stmt.start), stmt.start);
  if (before.trim() === '') {
    const outer = parent === undefined ? undefined : headOf(parent, stmt);
    return { indent: before, unit: unitOf(text, outer, before, body), inlineAfter: null };
  }
  if (parent === undefined || block.length > 1 || isCompound(stmt) || !before.trimEnd().endsWith(':')) {
    return { reason: 'several statements share its line' };
  }
  const header = indentOf(text, stmt.start);
  const unit = unitOf(text, undefined, header, body);
  return { indent: header + unit, unit, inlineAfter: stmt.start - (before.length - before.trimEnd().length) };
}

function isCompound(stmt: Stmt): boolean {
  return stmtBlocks(stmt).length > 0;
}

/** Where the header of a statement's block begins: its `case` inside a `match`. */
function headOf(parent: Stmt, stmt: Stmt): number {
  const arm = parent.kind === 'Match' ? parent.cases.find(({ body }) => body.includes(stmt)) : undefined;
  return (arm ?? parent).start;
}

/** One level of indentation: as the enclosing block has it, else as the first indented block of the file. */
function unitOf(text: string, outer: number | undefined, indent: string, body: readonly Stmt[]): string {
  const own = outer === undefined ? null : stepFrom(indentOf(text, outer), indent);
  return own ?? fileUnit(text, body) ?? (indent.includes('\t') ? '\t' : '    ');
}

function stepFrom(outer: string, inner: string): string | null {
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : null;
}

function fileUnit(text: string, body: readonly Stmt[]): string | null {
  for (const stmt of body) {
    const inner = stmtBlocks(stmt)[0]?.[0];
    const step =
      inner === undefined ? null : stepFrom(indentOf(text, headOf(stmt, inner)), indentOf(text, inner.start));
    if (step !== null) return step;
  }
  return null;
}
