import { ENTRY_DECORATORS } from '../django/index.ts';
import { type FunctionInfo, parts, perProgram, type Program } from '../project/index.ts';
import { dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';

const known = perProgram(() => new Map<FunctionInfo, boolean>());

/**
 * True for a decorator of the program's own that gives what a queue's decorator makes of the function:
 * `def retried_task(**options): return shared_task(base=Retried, **options)`.
 */
export function makesTask(program: Program, decorator: Expr, fn: FunctionInfo): boolean {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  return parts(program.infer.expr(target, fn.parent ?? fn.module.top)).some(
    (type) => type.t === 'function' && givesTask(program, type.fn),
  );
}

function givesTask(program: Program, maker: FunctionInfo): boolean {
  const before = known(program).get(maker);
  if (before !== undefined) return before;
  let found = false;
  walkStmts(maker.body, (stmt) => {
    if (stmt.kind !== 'Return') return;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        found ||= part.kind === 'Call' && isTaskDecorator(program, part.func, maker);
      });
  });
  known(program).set(maker, found);
  return found;
}

/** A queue's own decorator: of a package, or of an application object. */
function isTaskDecorator(program: Program, func: Expr, fn: FunctionInfo): boolean {
  const [type] = parts(program.infer.expr(func, fn));
  const name = type?.t === 'external' ? type.name : func.kind === 'Attribute' ? dottedName(func) : null;
  return name !== null && ENTRY_DECORATORS.some(([pattern, kind]) => kind === 'task' && pattern.test(name));
}
