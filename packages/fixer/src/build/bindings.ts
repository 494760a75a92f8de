import type { FileFacts, FunctionDef, ImportRequest, Stmt } from '@danglint/core';
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

const known = new WeakMap<FileFacts, ReadonlySet<string>>();

/** The names bound at module level, in whatever branch. */
export function moduleNames(facts: FileFacts): ReadonlySet<string> {
  const found = known.get(facts);
  if (found !== undefined) return found;
  const names = new Set<string>();
  const visit = (body: readonly Stmt[]): void => {
    for (const stmt of body) {
      for (const name of stmt.kind === 'FunctionDef' ? [stmt.name] : boundNames(stmt)) names.add(name);
      if (stmt.kind === 'If' || stmt.kind === 'For' || stmt.kind === 'While')
        visit([...stmt.body, ...stmt.orelse]);
      else if (stmt.kind === 'With') visit(stmt.body);
      else if (stmt.kind === 'Try')
        visit([
          ...stmt.body,
          ...stmt.handlers.flatMap(({ body }) => body),
          ...stmt.orelse,
          ...stmt.finalbody,
        ]);
    }
  };
  visit(facts.body);
  known.set(facts, names);
  return names;
}
