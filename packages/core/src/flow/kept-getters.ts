import { type FunctionInfo, functionSites, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Attribute, type Call, dottedName, type Expr, walkExpr, walkStmts } from '../syntax/index.ts';
import type { Fact } from './narrow-state.ts';
import { lastName } from './site-table.ts';

/** Methods of views that run before all others, and may send the request away. */
const FIRST = ['setup', 'dispatch', 'initial', 'test_func'];

/** `self.get_user()` in a view whose `dispatch` asks for the same and leaves where there is none. */
export function askedFirst(program: Program, { cls, name, params }: FunctionInfo, call: Call): boolean {
  const self = params[0]?.name;
  const { func } = call;
  if (cls === null || func.kind !== 'Attribute' || self === undefined || dottedName(func.value) !== self)
    return false;
  if (FIRST.includes(name)) return false;
  return FIRST.some((hook) => {
    const method = program.hierarchy.member(cls, hook)?.method ?? null;
    return method !== null && testsGetter(method, func.attr);
  });
}

/** A test in the method looks at what the getter gives: at once, or by the name that it was assigned to. */
export function testsGetter(method: FunctionInfo, getter: string): boolean {
  const given = functionSites(method).given.flatMap(({ target, value }) =>
    target.kind === 'Name' && value?.kind === 'Call' && lastName(value.func) === getter ? [target.id] : [],
  );
  let found = false;
  walkStmts(method.body, (stmt) => {
    if (stmt.kind !== 'If') return;
    walkExpr(stmt.test, (part) => {
      found ||=
        (part.kind === 'Name' && given.includes(part.id)) ||
        (part.kind === 'Call' && lastName(part.func) === getter);
    });
  });
  return found;
}

/**
 * `invoice.order.invoice_or_none`, where the order was read off an invoice: a property that catches the exception of the only
 * invoice finds that one.
 */
export function isOwnParent(program: Program, { source, model }: Fact, fn: FunctionInfo): boolean {
  if (model === null || source.kind !== 'Attribute' || !catches(program, source, fn)) return false;
  return behind(source.value, fn).some(
    (owner) =>
      owner.kind === 'Attribute' &&
      parts(program.infer.expr(owner.value, fn)).some(
        (type) => type.t === 'row' && type.model.name === model,
      ),
  );
}

function catches(program: Program, { value, attr }: Attribute, fn: FunctionInfo): boolean {
  return parts(program.infer.expr(value, fn)).some((type) => {
    const cls = type.t === 'row' ? type.model.cls : null;
    const method = cls === null ? null : (program.hierarchy.member(cls, attr)?.method ?? null);
    return method !== null && functionSites(method).tries.length > 0;
  });
}

function behind(expr: Expr, fn: FunctionInfo): readonly Expr[] {
  if (expr.kind !== 'Name') return [expr];
  return reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start).flatMap(({ source }) =>
    source.kind === 'assign' && source.value !== null && source.steps.length === 0 ? [source.value] : [],
  );
}
