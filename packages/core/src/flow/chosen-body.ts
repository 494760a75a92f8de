import type { FunctionInfo } from '../project/index.ts';
import type { Call, Expr, Stmt } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';

/** Parameters that a call gives True, False, None or a text for, defaults included. A text stands in quotes. */
export type Chosen = ReadonlyMap<string, boolean | string | null>;

export const NOTHING_CHOSEN: Chosen = new Map();

/** What a call chooses of a function by constants. A parameter that the function itself sets anew is not chosen. */
export function chosenBy(fn: FunctionInfo, call: Call, caller: FunctionInfo): Chosen {
  const out = new Map<string, boolean | string | null>();
  for (const [name, { expr }] of argumentsOf(fn, call, caller)) {
    const value = constantOf(expr);
    if (value !== undefined && (fn.scope.bindings.get(name)?.length ?? 0) <= 1) out.set(name, value);
  }
  return out.size === 0 ? NOTHING_CHOSEN : out;
}

/** The statements that may run with these arguments: branches that they rule out are left away. */
export function chosenBody(fn: FunctionInfo, chosen: Chosen): readonly Stmt[] {
  return chosen.size === 0 ? fn.body : block(fn.body, chosen);
}

export function constantOf(expr: Expr): boolean | string | null | undefined {
  if (expr.kind !== 'Constant') return undefined;
  if (expr.type === 'none') return null;
  if (expr.type === 'str') return JSON.stringify(expr.value);
  return expr.value === 'True' ? true : expr.value === 'False' ? false : undefined;
}

function block(body: readonly Stmt[], chosen: Chosen): readonly Stmt[] {
  const out: Stmt[] = [];
  for (const stmt of body) {
    out.push(...statement(stmt, chosen));
    const last = out.at(-1)?.kind;
    if (last === 'Return' || last === 'Raise') break;
  }
  return out;
}

function statement(stmt: Stmt, chosen: Chosen): readonly Stmt[] {
  const inner = (body: readonly Stmt[]): readonly Stmt[] => block(body, chosen);
  switch (stmt.kind) {
    case 'If': {
      const test = simplified(stmt.test, chosen);
      if (typeof test === 'boolean') return inner(test ? stmt.body : stmt.orelse);
      return [{ ...stmt, test, body: inner(stmt.body), orelse: inner(stmt.orelse) }];
    }
    case 'With':
      return [{ ...stmt, body: inner(stmt.body) }];
    case 'For':
    case 'While':
      return [{ ...stmt, body: inner(stmt.body), orelse: inner(stmt.orelse) }];
    case 'Try':
      return [
        {
          ...stmt,
          body: inner(stmt.body),
          handlers: stmt.handlers.map((handler) => ({ ...handler, body: inner(handler.body) })),
          orelse: inner(stmt.orelse),
          finalbody: inner(stmt.finalbody),
        },
      ];
    default:
      return [stmt];
  }
}

/** What is left of a test when the chosen parameters are known; true or false when nothing is. */
function simplified(test: Expr, chosen: Chosen): boolean | Expr {
  switch (test.kind) {
    case 'Name': {
      const value = chosen.get(test.id);
      return value === undefined ? test : value === true || (typeof value === 'string' && value !== '""');
    }
    case 'UnaryOp': {
      const value = test.op === 'not' ? simplified(test.operand, chosen) : test;
      return typeof value === 'boolean' ? !value : test;
    }
    case 'BoolOp': {
      const left = simplified(test.left, chosen);
      if (typeof left === 'boolean')
        return left === (test.op === 'or') ? left : simplified(test.right, chosen);
      const right = simplified(test.right, chosen);
      if (typeof right !== 'boolean') return test;
      return right === (test.op === 'or') ? right : left;
    }
    case 'Compare':
      return compared(test, chosen) ?? test;
    default:
      return test;
  }
}

/** `create is None`, `create is not False`, `create == True`. */
function compared({ ops, operands }: Extract<Expr, { kind: 'Compare' }>, chosen: Chosen): boolean | null {
  const [left, right] = operands;
  const [op] = ops;
  if (ops.length !== 1 || left?.kind !== 'Name' || right === undefined || op === undefined) return null;
  const value = chosen.get(left.id);
  const other = constantOf(right);
  if (value === undefined || other === undefined) return null;
  if (op === 'is' || op === '==') return value === other;
  return op === 'is not' || op === '!=' ? value !== other : null;
}
