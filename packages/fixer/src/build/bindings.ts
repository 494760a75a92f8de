import {
  dottedName,
  type FileFacts,
  type FunctionDef,
  type ImportRequest,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { bindsName, boundNames } from './names.ts';

/** How the code at a place can spell an imported thing, and what must be imported for it. */
export interface Spelling {
  readonly text: string;
  readonly imports: readonly ImportRequest[];
}

/**
 * Spells `module.name` (or the module `name` when `module` is empty) for code inside `functions`, outermost first. A binding
 * that the file has is used; else the plain name is asked for. Null when that name means something else here.
 */
export function spell(
  facts: FileFacts,
  functions: readonly FunctionDef[],
  { module, name }: ImportRequest,
): Spelling | null {
  const visible = (bound: string): boolean => !functions.some((fn) => bindsName(fn, bound));
  for (const stmt of moduleImports(facts.body)) {
    const text = spelledBy(stmt, module, name);
    if (text !== null && visible(text.split('.', 1)[0] ?? text)) return { text, imports: [] };
  }
  if (!visible(name) || moduleNames(facts).has(name)) return null;
  return { text: name, imports: [{ module, name }] };
}

/** What an import statement calls `module.name`; null when it does not bring it. */
function spelledBy(stmt: Stmt, module: string, name: string): string | null {
  if (stmt.kind === 'Import') {
    for (const { name: imported, as } of stmt.names) {
      if (module === '' && imported === name) return as ?? imported;
      if (module !== '' && imported === module) return `${as ?? imported}.${name}`;
    }
  } else if (stmt.kind === 'ImportFrom' && stmt.level === 0 && module !== '') {
    for (const { name: imported, as } of stmt.names) {
      if (stmt.module === module && imported === name) return as ?? imported;
      if (`${stmt.module}.${imported}` === module) return `${as ?? imported}.${name}`;
    }
  }
  return null;
}

/** Imports that always run when the module is loaded; those below `if` (type checking, versions) and `try` may not. */
export function moduleImports(body: readonly Stmt[]): readonly Stmt[] {
  return body.filter((stmt) => stmt.kind === 'Import' || stmt.kind === 'ImportFrom');
}

interface ModuleNames {
  /** Bound in whatever branch. */
  readonly all: ReadonlySet<string>;
  /** Bound when the program runs: not for type checkers alone. */
  readonly atRunTime: ReadonlySet<string>;
  readonly star: boolean;
}

const known = new WeakMap<FileFacts, ModuleNames>();

/** The names bound at module level, in whatever branch. */
export function moduleNames(facts: FileFacts): ReadonlySet<string> {
  return namesOf(facts).all;
}

/** True when code inside `functions` finds a name when it runs. `from x import *` brings what the file reads already. */
export function isBound(facts: FileFacts, functions: readonly FunctionDef[], name: string): boolean {
  const { atRunTime, star } = namesOf(facts);
  if (atRunTime.has(name) || functions.some((fn) => bindsName(fn, name))) return true;
  return star && readsName(facts, name);
}

function readsName({ body }: FileFacts, name: string): boolean {
  let read = false;
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        read ||= part.kind === 'Name' && part.id === name;
      });
  });
  return read;
}

function namesOf(facts: FileFacts): ModuleNames {
  const found = known.get(facts);
  if (found !== undefined) return found;
  const all = new Set<string>();
  const atRunTime = new Set<string>();
  const visit = (body: readonly Stmt[], runs: boolean): void => {
    for (const stmt of body) {
      for (const name of stmt.kind === 'FunctionDef' ? [stmt.name] : boundNames(stmt)) {
        all.add(name);
        if (runs) atRunTime.add(name);
      }
      const typing = stmt.kind === 'If' && /(?:^|\.)TYPE_CHECKING$/.test(dottedName(stmt.test) ?? '');
      if (stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef') continue;
      for (const [i, block] of stmtBlocks(stmt).entries()) visit(block, runs && !(typing && i === 0));
    }
  };
  visit(facts.body, true);
  const names = { all, atRunTime, star: all.has('*') };
  known.set(facts, names);
  return names;
}
