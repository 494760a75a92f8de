import { ENTRY_DECORATORS } from '../django/index.ts';
import { type ClassInfo, type FunctionInfo, parts, perProgram, type Program } from '../project/index.ts';
import { type Call, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { Valued } from './values.ts';

/** So many methods of its own may lie between a decorator object and the queue's decorator. */
const MAX_METHODS = 2;

const known = perProgram(() => new Map<FunctionInfo, readonly Valued[]>());

/**
 * True for a decorator of the program's own that makes a task of the function: `def retried_task(**options): return shared_task(base=Retried,
 * **options)`, one that wraps the function first (`return shared_task()(wrapper)`), and an object or a class whose `__call__` does so.
 */
export function makesTask(program: Program, decorator: Expr, fn: FunctionInfo): boolean {
  return madeBy(program, decorator, fn).length > 0;
}

/** The calls of a queue's decorator inside a decorator of the program's own. */
export function madeBy(program: Program, decorator: Expr, fn: FunctionInfo): readonly Valued[] {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  return parts(program.infer.expr(target, fn.parent ?? fn.module.top)).flatMap((type) => {
    if (type.t === 'function') return taskCalls(program, type.fn);
    const run = type.t === 'class' || type.t === 'instance' ? methodOf(program, type.cls, '__call__') : null;
    return run === null ? [] : taskCalls(program, run, MAX_METHODS);
  });
}

function methodOf({ hierarchy }: Program, cls: ClassInfo, name: string): FunctionInfo | null {
  return hierarchy.member(cls, name)?.method ?? null;
}

function taskCalls(program: Program, maker: FunctionInfo, methods = 0): readonly Valued[] {
  const before = known(program).get(maker);
  if (before !== undefined) return before;
  known(program).set(maker, []);
  const found: Valued[] = [];
  walkStmts(maker.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call') return;
        if (isTaskDecorator(program, part.func, maker)) found.push({ expr: part, fn: maker });
        const own = methods === 0 ? null : ownMethod(program, part, maker);
        if (own !== null) found.push(...taskCalls(program, own, methods - 1));
      });
  });
  known(program).set(maker, found);
  return found;
}

/** `self._made(function)`. */
function ownMethod(program: Program, { func }: Call, { cls, params }: FunctionInfo): FunctionInfo | null {
  const isOwn = func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === params[0]?.name;
  return isOwn && cls !== null ? methodOf(program, cls, func.attr) : null;
}

/** A queue's own decorator: of a package, or of an application object. */
function isTaskDecorator(program: Program, func: Expr, fn: FunctionInfo): boolean {
  const [type] = parts(program.infer.expr(func, fn));
  const name = type?.t === 'external' ? type.name : func.kind === 'Attribute' ? dottedName(func) : null;
  return name !== null && ENTRY_DECORATORS.some(([pattern, kind]) => kind === 'task' && pattern.test(name));
}
