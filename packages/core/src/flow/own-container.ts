import type { FunctionInfo, Program } from '../project/index.ts';
import type { Binding } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import { makesContainer } from './origin-steps.ts';

/** True for a name, or a member of the object at hand, that nothing but containers made on the spot is assigned to: `self.cache = {}`. */
export function isOwnContainer(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  const values = expr.kind === 'Name' ? ofName(expr.id, fn) : ofMember(program, expr, fn);
  return values.length > 0 && values.every((value) => value !== null && makesContainer(value));
}

function ofName(name: string, fn: FunctionInfo): readonly (Expr | null)[] {
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    const bindings = scope.scope.bindings.get(name);
    if (bindings !== undefined) return bindings.map(assigned);
  }
  return (fn.module.top.scope.bindings.get(name) ?? []).map(assigned);
}

function ofMember({ hierarchy }: Program, expr: Expr, fn: FunctionInfo): readonly (Expr | null)[] {
  const own = expr.kind === 'Attribute' && expr.value.kind === 'Name' && expr.value.id === fn.params[0]?.name;
  if (!own || fn.cls === null || !fn.isMethod) return [];
  return hierarchy
    .mro(fn.cls)
    .flatMap((base) =>
      typeof base === 'string'
        ? []
        : (base.selfAttributes.get(expr.attr) ?? []).map(({ value, steps }) =>
            steps.length === 0 ? value : null,
          ),
    );
}

function assigned({ source }: Binding): Expr | null {
  return source.kind === 'assign' && source.steps.length === 0 ? source.value : null;
}
