import { ENTRY_DECORATORS } from '../django/index.ts';
import { type FunctionInfo, parts, perProgram, type Program } from '../project/index.ts';
import { dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { Valued } from './values.ts';

const known = perProgram(() => new Map<FunctionInfo, readonly Valued[]>());

/**
 * True for a decorator of the program's own that gives what a queue's decorator makes of the function:
 * `def retried_task(**options): return shared_task(base=Retried, **options)`.
 */
export function makesTask(program: Program, decorator: Expr, fn: FunctionInfo): boolean {
  return madeBy(program, decorator, fn).length > 0;
}

/** The calls of a queue's decorator inside a decorator of the program's own. */
export function madeBy(program: Program, decorator: Expr, fn: FunctionInfo): readonly Valued[] {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  return parts(program.infer.expr(target, fn.parent ?? fn.module.top)).flatMap((type) =>
    type.t === 'function' ? taskCalls(program, type.fn) : [],
  );
}

function taskCalls(program: Program, maker: FunctionInfo): readonly Valued[] {
  const before = known(program).get(maker);
  if (before !== undefined) return before;
  const found: Valued[] = [];
  walkStmts(maker.body, (stmt) => {
    if (stmt.kind !== 'Return') return;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Call' && isTaskDecorator(program, part.func, maker))
          found.push({ expr: part, fn: maker });
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
