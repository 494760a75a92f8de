import { childExprs, type Expr } from '@danglint/core';

/** Calls that read nothing of the program and write nothing: moving a lookup past them changes nothing. */
const PURE_CALLS = new Set(['str', 'int', 'len', 'bool', 'float', 'isinstance', 'type', 'repr']);

/** Methods of texts and times that give another one. */
const PURE_METHODS =
  /^(?:replace|[lr]?strip|lower|upper|title|casefold|split|startswith|endswith|isoformat|strftime|date|total_seconds|encode|decode)$/;

/** True when an expression has no effect and its value does not depend on when it is read, as far as its text tells, save for `known` parts. */
export function isPure(expr: Expr, known: ReadonlySet<Expr> = NONE): boolean {
  const pure = (part: Expr): boolean => isPure(part, known);
  if (known.has(expr)) return true;
  switch (expr.kind) {
    case 'Call':
      return (
        (expr.func.kind === 'Name'
          ? PURE_CALLS.has(expr.func.id)
          : expr.func.kind === 'Attribute' && PURE_METHODS.test(expr.func.attr) && pure(expr.func.value)) &&
        expr.args.every(({ value }) => pure(value))
      );
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'NamedExpr':
    case 'Await':
    case 'Yield':
    case 'Other':
      return false;
    case 'GeneratorExp':
    case 'Lambda':
      return true;
    default:
      return childExprs(expr).every(pure);
  }
}

const NONE: ReadonlySet<Expr> = new Set();

/** True when reading an expression again is free: names, their attributes, and items by constant keys. */
export function isCheap(expr: Expr): boolean {
  if (expr.kind === 'Name') return true;
  if (expr.kind === 'Attribute') return isCheap(expr.value);
  return expr.kind === 'Subscript' && expr.index.kind === 'Constant' && isCheap(expr.value);
}

/** True when an expression cannot raise a missing row: it follows no relation and calls nothing. */
export function isQuiet(expr: Expr): boolean {
  switch (expr.kind) {
    case 'Attribute':
      return /(?:^|_)(?:id|pk|uuid|slug)$/.test(expr.attr) && isQuiet(expr.value);
    case 'Call':
      return (
        expr.func.kind === 'Name' &&
        PURE_CALLS.has(expr.func.id) &&
        expr.args.every(({ value }) => isQuiet(value))
      );
    case 'Subscript':
      return isQuiet(expr.value) && isQuiet(expr.index);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'Await':
    case 'Yield':
    case 'Other':
      return false;
    case 'GeneratorExp':
    case 'Lambda':
      return true;
    default:
      return childExprs(expr).every(isQuiet);
  }
}
