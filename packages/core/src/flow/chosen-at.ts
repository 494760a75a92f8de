import type { FunctionInfo } from '../project/index.ts';
import { type Call, enclosingStmts, type Expr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { type Chosen, chosenBy, constantOf } from './chosen-body.ts';

/**
 * What a call has chosen of a function, as far as a place behind it knows: under `if kind == "order":` the call `find(kind)` before it
 * was `find("order")`. Null where the tests around the place say no more than the call itself.
 */
export function chosenAt(callee: FunctionInfo, call: Call, at: Expr, caller: FunctionInfo): Chosen | null {
  const known = equalTo(at, caller);
  if (known.size === 0) return null;
  const out = new Map(chosenBy(callee, call, caller));
  const { size } = out;
  for (const [name, { expr }] of argumentsOf(callee, call, caller)) {
    const value = expr.kind === 'Name' ? known.get(expr.id) : undefined;
    if (value !== undefined && (callee.scope.bindings.get(name)?.length ?? 0) <= 1) out.set(name, value);
  }
  return out.size > size ? out : null;
}

/** The names that are bound once, and equal to a constant where a place runs. */
function equalTo(at: Expr, { body, scope }: FunctionInfo): Chosen {
  const out = new Map<string, boolean | string | null>();
  for (const stmt of enclosingStmts(body, at)) {
    const [first] = stmt.kind === 'If' ? stmt.body : [];
    if (stmt.kind !== 'If' || first === undefined) continue;
    if (at.start < first.start || (stmt.body.at(-1)?.end ?? 0) < at.end) continue;
    for (const test of conjuncts(stmt.test)) {
      const [left, right] =
        test.kind === 'Compare' && test.ops.length === 1 && test.ops[0] === '==' ? test.operands : [];
      const value = right === undefined ? undefined : constantOf(right);
      if (left?.kind === 'Name' && value !== undefined && scope.bindings.get(left.id)?.length === 1)
        out.set(left.id, value);
    }
  }
  return out;
}

function conjuncts(test: Expr): readonly Expr[] {
  return test.kind === 'BoolOp' && test.op === 'and'
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}
