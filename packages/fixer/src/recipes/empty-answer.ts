import {
  dottedName,
  type Expr,
  type FunctionDef,
  opensScope,
  QUERYSET_METHODS,
  walkStmts,
} from '@danglint/core';
import { bindsName } from '../build/names.ts';
import { emptyCollection } from './collections.ts';

/**
 * What a function says itself when there is nothing: `False` where it only tells whether something is so (`True` where that is whether
 * it is gone), the empty list (or map) that it returns elsewhere, what it makes anew for that (`Nobody()`) more than once, no rows
 * where it gives a queryset, nothing in a list (or map, or set) where it gives one. Null where it has no such word, or says None.
 */
export function emptyAnswer(fn: FunctionDef): string | null {
  const values: (Expr | null)[] = [];
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Return') values.push(stmt.value);
    },
    (stmt) => !opensScope(stmt),
  );
  if (fn.generator || values.length === 0 || values.some(isNone)) return null;
  const asks = values.every(isTruth) || PREDICATE.test(fn.name);
  if (fn.returns === null ? asks : fn.returns.kind === 'Name' && fn.returns.id === 'bool')
    return isAbsence(fn) ? 'True' : 'False';
  const words = values.flatMap((value) => emptyText(value) ?? []);
  if (words.length > 0) return oneOf(words) ?? null;
  const collection = emptyCollection(fn, values);
  if (collection !== null) return collection;
  const rows = noRows(fn, values);
  if (rows !== null) return rows;
  const made = values.flatMap((value) => madeAnew(value) ?? []);
  if (made.length > 1) return oneOf(made) ?? null;
  return fn.returns === null && values.some(isFalse) ? 'False' : null;
}

/** `""`, `[]` and the like where a function ends with that, having found nothing to give: its own word for nothing. */
export function closingWord({ body, generator }: FunctionDef, text: string): string | null {
  const last = body.at(-1);
  if (generator || last?.kind !== 'Return' || body.length < 2) return null;
  const { value } = last;
  if (value?.kind === 'Constant' && value.type === 'str' && value.value === '')
    return text.slice(value.start, value.end);
  return emptyText(value);
}

/** What is called so tells whether something is so, whatever it gives. */
const PREDICATE = /^_?(?:is|has|can|should|may)_/;

function isNone(value: Expr | null): boolean {
  return value === null || (value.kind === 'Constant' && value.type === 'none');
}

/** True for a function that asks whether something is gone: by its name, or as it says True itself where it is given nothing. */
function isAbsence({ name, params, body }: FunctionDef): boolean {
  const isParam = (expr: Expr): boolean =>
    expr.kind === 'Name' && params.some((param) => param.name === expr.id);
  return (
    /(?:^|_)(?:missing|gone|absent|deleted|removed|orphan(?:ed)?)$/.test(name) ||
    body.some((stmt) => {
      const [first] = stmt.kind === 'If' ? stmt.body : [];
      return (
        stmt.kind === 'If' &&
        stmt.test.kind === 'UnaryOp' &&
        stmt.test.op === 'not' &&
        isParam(stmt.test.operand) &&
        first?.kind === 'Return' &&
        first.value?.kind === 'Constant' &&
        first.value.value === 'True'
      );
    })
  );
}

/** `[]`, `{}`, `()`, and a constant that is called nothing: `Permission.NONE`. */
function emptyText(value: Expr | null): string | null {
  if (value?.kind === 'List' && value.elts.length === 0) return '[]';
  if (value?.kind === 'Tuple' && value.elts.length === 0) return '()';
  if (value?.kind === 'Dict' && value.entries.length === 0) return '{}';
  const constant = value?.kind === 'Attribute' && /^(?:NONE|NOTHING|NOT_FOUND|MISSING)$/.test(value.attr);
  return constant ? dottedName(value) : null;
}

function isFalse(value: Expr | null): boolean {
  return value?.kind === 'Constant' && value.type === 'bool' && value.value === 'False';
}

/** `Book.objects.none()` for a function that returns nothing but querysets of one manager. */
function noRows(fn: FunctionDef, values: readonly (Expr | null)[]): string | null {
  const only = oneOf(values.map((value) => (value === null ? null : managerOf(fn, value)))) ?? null;
  const name = only?.split('.', 1)[0] ?? '';
  return only === null || (name !== 'cls' && bindsName(fn, name)) ? null : `${only}.none()`;
}

/** `Book.objects` behind a chain of lazy methods, behind two of them in one, or behind a name for them (`named`). */
function managerOf(fn: FunctionDef, value: Expr, named: string | null = null): string | null {
  if (value.kind === 'BinOp' && /^[|&]$/.test(value.op))
    return oneOf([value.left, value.right].map((side) => managerOf(fn, side, named))) ?? null;
  const rows = querysetStart(value);
  if (rows.kind === 'Name') {
    if (named !== null) return null;
    const values = assigned(fn, rows.id).filter((one) => !startsWith(one, rows.id));
    return oneOf(values.map((one) => managerOf(fn, one, rows.id))) ?? null;
  }
  if (rows === value || rows.kind !== 'Attribute' || rows.attr !== 'objects') return null;
  const model = dottedName(rows.value);
  return model !== null && /^(?:cls|(?:\w+\.)*[A-Z]\w*)$/.test(model) ? dottedName(rows) : null;
}

function querysetStart(value: Expr): Expr {
  let rows = value;
  while (rows.kind === 'Call' && rows.func.kind === 'Attribute' && QUERYSET_METHODS.has(rows.func.attr))
    rows = rows.func.value;
  return rows;
}

/** `rows = rows.filter(...)`. */
function startsWith(value: Expr, name: string): boolean {
  const start = querysetStart(value);
  return start !== value && start.kind === 'Name' && start.id === name;
}

/** What all of them are; undefined where there is none, or more than one. */
function oneOf<T>(items: readonly T[]): T | undefined {
  const [only, ...rest] = new Set(items);
  return rest.length > 0 ? undefined : only;
}

function assigned(fn: FunctionDef, name: string): readonly Expr[] {
  const out: Expr[] = [];
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Assign' && stmt.value !== null)
        for (const target of stmt.targets)
          if (target.kind === 'Name' && target.id === name) out.push(stmt.value);
    },
    (stmt) => !opensScope(stmt),
  );
  return out;
}

/** `Nobody()` of a class that is called without anything. */
function madeAnew(value: Expr | null): string | null {
  if (value?.kind !== 'Call' || value.args.length > 0 || value.func.kind !== 'Name') return null;
  return /^[A-Z]/.test(value.func.id) ? `${value.func.id}()` : null;
}

/** True for an expression that is surely true or false. */
function isTruth(value: Expr | null): boolean {
  switch (value?.kind) {
    case 'Constant':
      return value.type === 'bool';
    case 'Compare':
      return true;
    case 'UnaryOp':
      return value.op === 'not';
    case 'BoolOp':
      return isTruth(value.left) && isTruth(value.right);
    case 'IfExp':
      return isTruth(value.body) && isTruth(value.orelse);
    case 'Call': {
      const { func } = value;
      if (func.kind === 'Name')
        return /^(?:bool|isinstance|issubclass|hasattr|any|all|callable)$/.test(func.id);
      return func.kind === 'Attribute' && /^(?:a?exists|has_perms?|startswith|endswith)$/.test(func.attr);
    }
    default:
      return false;
  }
}
