import type { FileFacts, Import, ImportFrom, SourceFile, Stmt } from '@danglint/core';
import { indentOf, lineEnd, lineStart, nextLine } from './lines.ts';
import { STDLIB, THIRD_PARTY } from './stdlib.ts';

type ImportStmt = Import | ImportFrom;

/** Where new lines go: after the line that ends at `at`, or before the line that starts there. */
export interface Anchor {
  readonly at: number;
  readonly side: 'after' | 'before';
  /** Empty lines between the new lines and what they follow or precede. */
  readonly gap: number;
}

/** The order of isort's sections. Modules that are neither known nor relative may be the project's own. */
type Section = 0 | 1 | 2 | 3 | 4;
const FUTURE = 0;
const STANDARD = 1;
const INSTALLED = 2;
const OWN = 3;
const RELATIVE = 4;

/**
 * The statements that a module opens with: docstring, imports, and blocks that hold nothing but imports. A logger is
 * declared after them, imports are added among them.
 */
export function importRegion(facts: FileFacts): readonly Stmt[] {
  const [first, ...rest] = facts.body;
  const docstring = first !== undefined && isDocstring(first) ? [first] : [];
  const candidates = docstring.length > 0 ? rest : facts.body;
  const end = candidates.findIndex((stmt) => !isImportLike(stmt));
  return [...docstring, ...(end < 0 ? candidates : candidates.slice(0, end))];
}

function isDocstring(stmt: Stmt): boolean {
  return stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant' && stmt.value.type === 'str';
}

function isImportLike(stmt: Stmt): boolean {
  if (stmt.kind === 'Import' || stmt.kind === 'ImportFrom') return true;
  if (stmt.kind === 'If')
    return [...stmt.body, ...stmt.orelse].every((inner) => isImportLike(inner) || inner.kind === 'Pass');
  if (stmt.kind !== 'Try') return false;
  const parts = [
    ...stmt.body,
    ...stmt.handlers.flatMap(({ body }) => body),
    ...stmt.orelse,
    ...stmt.finalbody,
  ];
  return parts.every((inner) => isImportLike(inner) || inner.kind === 'Pass' || inner.kind === 'Assign');
}

/** Where a declaration goes that must follow the imports. */
export function afterImports(source: SourceFile, facts: FileFacts): Anchor {
  const last = importRegion(facts).at(-1);
  if (last !== undefined) return { at: lineEnd(source.text, last.end), side: 'after', gap: 1 };
  return { at: headOf(source.text, facts), side: 'before', gap: gapBefore(facts.body[0]) };
}

/** Where a new import statement goes: sorted into the block of its section, or as a block of its own. */
export function importPlace(source: SourceFile, facts: FileFacts, module: string, from: boolean): Anchor {
  const region = importRegion(facts);
  const imports = region.filter((stmt) => stmt.kind === 'Import' || stmt.kind === 'ImportFrom');
  const section = sectionOf(module);
  const same = imports.filter((stmt) => sectionOf(moduleOf(stmt)) === section);
  const [first] = same;
  if (first !== undefined) {
    const before = same.findLast((stmt) => compare(stmt, module, from) <= 0);
    if (before !== undefined) return { at: lineEnd(source.text, before.end), side: 'after', gap: 0 };
    return { at: lineStart(source.text, first.start), side: 'before', gap: 0 };
  }
  const earlier = imports.findLast((stmt) => sectionOf(moduleOf(stmt)) < section);
  if (earlier !== undefined) return { at: lineEnd(source.text, earlier.end), side: 'after', gap: 1 };
  const [next] = imports;
  if (next !== undefined) return { at: attachedStart(source.text, next), side: 'before', gap: 1 };
  const docstring = region[0];
  if (docstring !== undefined && isDocstring(docstring))
    return { at: lineEnd(source.text, docstring.end), side: 'after', gap: 1 };
  return { at: headOf(source.text, facts), side: 'before', gap: gapBefore(facts.body[0]) };
}

/** The order of new statements: by section, `import x` before `from x import y`, by module. */
export function compareImports(
  a: { readonly module: string; readonly from: boolean },
  b: { readonly module: string; readonly from: boolean },
): number {
  const section = sectionOf(a.module) - sectionOf(b.module);
  return (
    section || Number(a.from) - Number(b.from) || (a.module < b.module ? -1 : a.module > b.module ? 1 : 0)
  );
}

function moduleOf(stmt: ImportStmt): string {
  if (stmt.kind === 'Import') return stmt.names[0]?.name ?? '';
  return '.'.repeat(stmt.level) + stmt.module;
}

/** Which of isort's sections a module belongs to. */
export function sectionOf(module: string): Section {
  if (module.startsWith('.')) return RELATIVE;
  const root = module.split('.', 1)[0] ?? module;
  if (root === '__future__') return FUTURE;
  if (STDLIB.has(root)) return STANDARD;
  return THIRD_PARTY.has(root) ? INSTALLED : OWN;
}

/** `import x` sorts before `from x import y`, each by module. */
function compare(stmt: ImportStmt, module: string, from: boolean): number {
  const rank = (stmt.kind === 'ImportFrom' ? 1 : 0) - (from ? 1 : 0);
  const a = moduleOf(stmt).toLowerCase();
  const b = module.toLowerCase();
  return rank || (a < b ? -1 : a > b ? 1 : 0);
}

/** The start of a statement's line, or of the comment lines right above it; a comment that opens the file stays on top. */
function attachedStart(text: string, stmt: Stmt): number {
  let at = lineStart(text, stmt.start);
  while (at > 0) {
    const above = lineStart(text, at - 1 - (text[at - 1] === '\n' && text[at - 2] === '\r' ? 1 : 0));
    if (!text.startsWith('#', above + indentOf(text, above).length)) return at;
    if (above === 0) return lineStart(text, stmt.start);
    at = above;
  }
  return at;
}

/** Past the comments that open a file. */
function headOf(text: string, facts: FileFacts): number {
  let at = 0;
  while (text.startsWith('#', at) && at < (facts.body[0]?.start ?? text.length)) at = nextLine(text, at);
  return facts.body[0] === undefined ? at : attachedStart(text, facts.body[0]);
}

function gapBefore(stmt: Stmt | undefined): number {
  return stmt?.kind === 'FunctionDef' || stmt?.kind === 'ClassDef' ? 2 : 1;
}
