import { type Expr, opensScope, type Stmt, stmtBlocks } from '../syntax/index.ts';
import type { FunctionInfo } from './entities.ts';
import type { Program } from './program.ts';

export interface SetAttribute {
  readonly value: Expr;
  readonly fn: FunctionInfo;
}

/** What the program sets on requests (`request.event = ...` in a middleware), by attribute. */
export function collectRequestAttributes(program: Program): ReadonlyMap<string, readonly SetAttribute[]> {
  const out = new Map<string, SetAttribute[]>();
  const block = (body: readonly Stmt[], fn: FunctionInfo): void => {
    for (const stmt of body) {
      if (stmt.kind === 'Assign' && stmt.value !== null) {
        for (const target of stmt.targets) {
          if (target.kind === 'Attribute' && isRequest(target.value))
            out.set(target.attr, [...(out.get(target.attr) ?? []), { value: stmt.value, fn }]);
        }
      }
      if (!opensScope(stmt)) for (const inner of stmtBlocks(stmt)) block(inner, fn);
    }
  };
  for (const fn of program.functions) block(fn.body, fn);
  return out;
}

function isRequest(expr: Expr): boolean {
  return (
    (expr.kind === 'Name' && expr.id === 'request') || (expr.kind === 'Attribute' && expr.attr === 'request')
  );
}
