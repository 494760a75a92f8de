import { QUERYSET_METHODS } from '../django/index.ts';
import {
  type FunctionInfo,
  type ModelRef,
  type Module,
  parts,
  perProgram,
  type Program,
  type Rows,
  type Type,
} from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';

/**
 * The rows of `event.orders.get(code=...)` where nothing tells what `event` is: only one model of the program is reached by an
 * accessor of that name, and what the call names are its columns. Null when that is not so.
 */
export function accessorRows(
  program: Program,
  receiver: Expr,
  { call, known }: { readonly call: Call; readonly known: Type },
  fn: FunctionInfo,
): Rows | null {
  if (parts(known).some(({ t }) => t !== 'unknown')) return null;
  const chain: { method: string; call: Call }[] = [];
  let current = receiver;
  while (current.kind === 'Call' && current.func.kind === 'Attribute') {
    chain.unshift({ method: current.func.attr, call: current });
    current = current.func.value;
  }
  if (current.kind !== 'Attribute' || isKnown(program, current.value, fn)) return null;
  if (chain.some(({ method }) => !QUERYSET_METHODS.has(method))) return null;
  const model = program.models.reachedBy(current.attr);
  if (model === null || !asksFor(program, model, call) || !knowsDjango(program, fn)) return null;
  const from = program.models.manager(model, '_default_manager');
  if (from !== null && from.cls !== null && overrides(program, from.cls, call)) return null;
  return {
    model,
    manager: current.attr,
    cls: from?.cls ?? null,
    custom: from?.custom ?? false,
    related: true,
    chain,
  };
}

/** True where something is known of a value; a name may have `None` for its default. */
function isKnown(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  const type = program.infer.expr(expr, fn);
  return type.t === 'none' ? expr.kind !== 'Name' : parts(type).some(({ t }) => t !== 'unknown');
}

/** A package with a module that imports Django, or something of it. Where none does, `page.leads.get(id=1)` is of another kind. */
function knowsDjango(program: Program, { module }: FunctionInfo): boolean {
  const known = packages(program);
  const root = rootOf(module.name);
  const before = known.get(root);
  if (before !== undefined) return before;
  const answer = program.modules.some((other) => rootOf(other.name) === root && importsDjango(other));
  known.set(root, answer);
  return answer;
}

const packages = perProgram(() => new Map<string, boolean>());

function importsDjango({ top }: Module): boolean {
  for (const bindings of top.scope.bindings.values()) {
    for (const { source } of bindings)
      if (
        (source.kind === 'from' || source.kind === 'import') &&
        /^(django|rest_framework)\b/.test(source.module)
      )
        return true;
  }
  return false;
}

function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function overrides(program: Program, manager: NonNullable<Rows['cls']>, { func }: Call): boolean {
  return func.kind === 'Attribute' && program.hierarchy.member(manager, func.attr)?.method != null;
}

/** All that the call asks by are columns of the model, named as keywords; something is. */
function asksFor(program: Program, { cls }: ModelRef, { args }: Call): boolean {
  return (
    cls !== null &&
    args.length > 0 &&
    args.every(({ name }) => {
      const [column = ''] = name?.split('__', 1) ?? [];
      return (
        column === 'pk' ||
        column === program.models.primaryKey(cls) ||
        program.models.field(cls, column) !== null ||
        program.models.columnOf(cls, column) !== null
      );
    })
  );
}
