import { type Expr, type FunctionDef, opensScope, QUERYSET_METHODS, walkStmts } from '@danglint/core';

type Empty = '[]' | '{}' | 'set()' | '()';

/** The empty collection of a function whose annotation, or whose every way out, gives a collection of one kind. */
export function emptyCollection(fn: FunctionDef, returned: readonly (Expr | null)[]): string | null {
  if (fn.returns !== null) return byAnnotation(fn.returns);
  const kinds = new Set(returned.map((value) => (value === null ? null : kindOf(fn, value))));
  const [only = null] = kinds;
  return kinds.size === 1 ? only : null;
}

function byAnnotation(type: Expr): Empty | null {
  const named = type.kind === 'Subscript' ? type.value : type;
  const name = named.kind === 'Name' ? named.id : named.kind === 'Attribute' ? named.attr : '';
  if (/^(?:list|List|Sequence|Iterable|Collection)$/.test(name)) return '[]';
  if (/^(?:dict|Dict|Mapping)$/.test(name)) return '{}';
  return /^(?:set|Set)$/.test(name) ? 'set()' : null;
}

function kindOf(fn: FunctionDef, value: Expr): Empty | null {
  switch (value.kind) {
    case 'List':
      return value.elts.length < 2 ? '[]' : null;
    case 'ListComp':
      return '[]';
    case 'Dict':
      return value.entries.length === 0 ? '{}' : null;
    case 'DictComp':
      return '{}';
    case 'SetComp':
      return 'set()';
    case 'Call': {
      const name = value.func.kind === 'Name' ? value.func.id : '';
      if (name === 'list' || name === 'sorted') return '[]';
      return name === 'dict' ? '{}' : name === 'set' ? 'set()' : null;
    }
    case 'Name':
      return startsEmpty(fn, value.id);
    default:
      return null;
  }
}

/** What a name begins with: `rows = []`, which the function fills. */
function startsEmpty(fn: FunctionDef, name: string): Empty | null {
  for (const stmt of fn.body) {
    const [target] = stmt.kind === 'Assign' ? stmt.targets : [];
    if (stmt.kind !== 'Assign' || stmt.value === null || target?.kind !== 'Name' || target.id !== name)
      continue;
    const { value } = stmt;
    if (value.kind === 'List' && value.elts.length === 0) return '[]';
    if (value.kind === 'Dict' && value.entries.length === 0) return '{}';
    const made =
      value.kind === 'Call' && value.args.length === 0 && value.func.kind === 'Name' ? value.func.id : '';
    return made === 'list' ? '[]' : made === 'dict' ? '{}' : made === 'set' ? 'set()' : null;
  }
  return null;
}

/** True for a function that gives rows on every way out: whoever reads them cannot read None. */
export function givesRows(fn: FunctionDef): boolean {
  const values: (Expr | null)[] = [];
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Return') values.push(stmt.value);
    },
    (stmt) => !opensScope(stmt),
  );
  return values.length > 0 && values.every((value) => value !== null && isRows(value));
}

function isRows(value: Expr): boolean {
  return value.kind === 'Call' && value.func.kind === 'Attribute' && QUERYSET_METHODS.has(value.func.attr);
}
