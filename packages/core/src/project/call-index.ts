import {
  type Call,
  type Expr,
  opensScope,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';
import type { FunctionInfo } from './entities.ts';
import type { Program } from './program.ts';

/** A call, and the function that makes it. */
export interface PlacedCall {
  readonly call: Call;
  readonly fn: FunctionInfo;
}

/** All calls of the program by the last name that they call. Nothing is inferred. */
export function collectCalls(program: Program): ReadonlyMap<string, readonly PlacedCall[]> {
  const out = new Map<string, PlacedCall[]>();
  const block = (body: readonly Stmt[], visit: (part: Expr) => void): void => {
    for (const stmt of body) {
      for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
      if (!opensScope(stmt)) for (const inner of stmtBlocks(stmt)) block(inner, visit);
    }
  };
  for (const fn of program.functions) {
    block(fn.body, (part) => {
      if (part.kind !== 'Call') return;
      const name =
        part.func.kind === 'Attribute' ? part.func.attr : part.func.kind === 'Name' ? part.func.id : null;
      if (name === null) return;
      const list = out.get(name);
      if (list === undefined) out.set(name, [{ call: part, fn }]);
      else list.push({ call: part, fn });
    });
  }
  return out;
}
