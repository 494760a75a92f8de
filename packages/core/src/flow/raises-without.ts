import type { FunctionInfo, Program } from '../project/index.ts';
import { parts } from '../project/index.ts';
import { type Expr, type Stmt, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { onlyValue } from './only-value.ts';
import { wordsOf } from './same-words.ts';

/**
 * True for a method of a lookup's own class that asks for the very row by the same part of the object, and ends with an exception where
 * there is none: `Order.objects.get(number=self.kwargs["number"])`, in a `try` that raises another one, too.
 */
export function raisesWithout(
  program: Program,
  fn: FunctionInfo,
  { lookup, key }: { readonly lookup: FoundLookup; readonly key: Expr },
): boolean {
  const wanted = ofObject(key, lookup.place.fn);
  const [asked] = lookup.expr.kind === 'Call' ? lookup.expr.args : [];
  if (wanted === null || asked === undefined) return false;
  let found = false;
  for (const expr of surelyRun(fn.body).flatMap(stmtExprs))
    walkExpr(expr, (part) => {
      if (part.kind !== 'Call' || part.func.kind !== 'Attribute' || !/^a?get$/.test(part.func.attr)) return;
      const [only, other] = part.args;
      if (only === undefined || other !== undefined || only.name !== asked.name) return;
      found ||=
        ofObject(only.value, fn) === wanted &&
        parts(program.infer.expr(part.func.value, fn)).some(
          (type) =>
            (type.t === 'manager' || type.t === 'queryset') &&
            sameModel(program, type.rows.model, lookup.model),
        );
    });
  return found;
}

/** The statements of a body, and of a `try` all of whose handlers raise. */
function surelyRun(body: readonly Stmt[]): readonly Stmt[] {
  return body.flatMap((stmt) => {
    if (stmt.kind === 'Try')
      return stmt.handlers.every((handler) => handler.body.at(-1)?.kind === 'Raise')
        ? surelyRun(stmt.body)
        : [];
    return stmt.kind === 'Assign' || stmt.kind === 'ExprStmt' || stmt.kind === 'Return' ? [stmt] : [];
  });
}

/** A part of the object at hand in words, behind a name, too: `self.kwargs["number"]`; null for what is none. */
function ofObject(key: Expr, fn: FunctionInfo): string | null {
  const value = key.kind === 'Name' ? onlyValue(key, fn) : key;
  const self = fn.params[0]?.name;
  if (value === null || !fn.isMethod || self === undefined) return null;
  const names: string[] = [];
  walkExpr(value, (part) => {
    if (part.kind === 'Name') names.push(part.id);
  });
  return names.length > 0 && names.every((name) => name === self) ? wordsOf(value) : null;
}
