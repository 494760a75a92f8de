import {
  dottedName,
  type Expr,
  type Handler,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
} from '@danglint/core';

const LOG_CALLS =
  /^(?:debug|info|warning|warn|error|exception|critical|log|capture_exception|capture_message)$/;

const MISSING = /(?:^|\.)\w*DoesNotExist$/;

/** True when a handler names one `DoesNotExist` and nothing else. */
export function catchesOneMissingRow({ type }: Handler): boolean {
  return type !== null && MISSING.test(dottedName(type) ?? '');
}

/** The same for the `DoesNotExist` of one model or of several. */
export function catchesOnlyMissingRows({ type }: Handler): boolean {
  if (type === null) return false;
  const types = type.kind === 'Tuple' ? type.elts : [type];
  return types.length > 0 && types.every((each) => MISSING.test(dottedName(each) ?? ''));
}

const BROAD = /(?:^|\.)(?:Exception|BaseException|ObjectDoesNotExist|\w*DoesNotExist)$/;

/** True for a handler that catches missing rows, those of the model where one is given: a handler of another model does not. */
export function catchesMissingRows({ type }: Handler, model: string | null = null): boolean {
  if (type === null) return true;
  const types = type.kind === 'Tuple' ? type.elts : [type];
  return types.some((each) => {
    const name = dottedName(each) ?? '';
    return BROAD.test(name) && !isOfOther(name, model);
  });
}

/** True for the `DoesNotExist` of another model than one. `User` and constants may be other names of it. */
export function isOfOther(name: string, model: string | null): boolean {
  const owner = /(?:^|\.)([A-Z]\w*)\.DoesNotExist$/.exec(name)?.[1];
  if (model === null || owner === undefined || owner === model) return false;
  return !/^(?:User|[A-Z_\d]{2,})$/.test(owner);
}

/** True for `logger.info(...)`, `capture_exception(...)` and the like. */
export function isLogCall(expr: Expr): boolean {
  if (expr.kind !== 'Call') return false;
  const { func } = expr;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return LOG_CALLS.test(name);
}

/** True when a handler logs or captures something itself. */
export function logs({ body }: Handler): boolean {
  return body.some((stmt) => {
    let found = false;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        found ||= isLogCall(part);
      });
    }
    return found;
  });
}

/** True when a statement, or one inside it, reads or binds a name. */
export function mentionsName(stmt: Stmt, name: string): boolean {
  let found = false;
  for (const expr of stmtExprs(stmt)) {
    walkExpr(expr, (part) => {
      found ||= part.kind === 'Name' && part.id === name;
    });
  }
  return found || stmtBlocks(stmt).some((block) => block.some((inner) => mentionsName(inner, name)));
}

/** True for `name is None`, `name == None`, `not name`, alone or first in an `or`. */
export function isNoneCheck(test: Expr, name: string): boolean {
  const isName = (expr: Expr | undefined): boolean => expr?.kind === 'Name' && expr.id === name;
  if (test.kind === 'BoolOp') return test.op === 'or' && isNoneCheck(test.left, name);
  if (test.kind === 'UnaryOp') return test.op === 'not' && isName(test.operand);
  if (test.kind !== 'Compare' || !/^(?:is|==)$/.test(test.ops[0] ?? '')) return false;
  const other = test.operands[1];
  return (
    test.ops.length === 1 && isName(test.operands[0]) && other?.kind === 'Constant' && other.type === 'none'
  );
}
