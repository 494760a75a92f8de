import { type FunctionInfo, type Module, parts, type Program } from '../project/index.ts';
import { type Binding, reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import { BEHIND_ALL } from '../text/index.ts';

/** An expression with the function whose names it reads. */
export interface Valued {
  readonly expr: Expr;
  readonly fn: FunctionInfo;
}

const MAX_STEPS = 6;

/**
 * The expressions that a name, `module.name`, `self.name` or `Class.name` was assigned, imports and aliases followed. Empty
 * for parameters and for names whose value the text does not show.
 */
export function valuesOf(program: Program, expr: Expr, fn: FunctionInfo, steps = 0): readonly Valued[] {
  if (steps > MAX_STEPS) return [];
  if (expr.kind === 'Name') return ofName(program, expr, fn, steps);
  return expr.kind === 'Attribute' ? ofAttribute(program, expr, fn, steps) : [];
}

function ofName(
  program: Program,
  expr: Extract<Expr, { kind: 'Name' }>,
  fn: FunctionInfo,
  steps: number,
): readonly Valued[] {
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    if (scope !== fn && scope.def === null && scope.cls !== null) continue;
    const bindings = scope.scope.bindings.get(expr.id);
    if (bindings === undefined) continue;
    return ofBindings(program, reaching(bindings, scope === fn ? expr.start : BEHIND_ALL), scope, steps);
  }
  return [];
}

function ofAttribute(
  program: Program,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
  steps: number,
): readonly Valued[] {
  return parts(program.infer.expr(expr.value, fn)).flatMap((owner) => {
    if (owner.t === 'module') return ofModule(program, owner.module, expr.attr, steps);
    if (owner.t !== 'instance' && owner.t !== 'class') return [];
    const member = program.hierarchy.member(owner.cls, expr.attr);
    if (member !== null)
      return member.method !== null ? [] : ofBindings(program, member.bindings, member.cls.bodyScope, steps);
    for (const base of program.hierarchy.mro(owner.cls)) {
      const entries = typeof base === 'string' ? [] : (base.selfAttributes.get(expr.attr) ?? []);
      if (entries.length > 0)
        return entries.flatMap((entry) =>
          entry.value === null ? [] : followed(program, entry.value, entry.fn, steps),
        );
    }
    return [];
  });
}

function ofModule(program: Program, module: Module, name: string, steps: number): readonly Valued[] {
  return steps > MAX_STEPS
    ? []
    : ofBindings(program, module.top.scope.bindings.get(name) ?? [], module.top, steps);
}

function ofBindings(
  program: Program,
  bindings: readonly Binding[],
  fn: FunctionInfo,
  steps: number,
): readonly Valued[] {
  return bindings.flatMap(({ source }) => {
    if (source.kind === 'assign')
      return source.value === null || source.steps.length > 0
        ? []
        : followed(program, source.value, fn, steps);
    if (source.kind !== 'from') return [];
    const module = program.importModule(source.level, source.module, fn.module);
    return module === null ? [] : ofModule(program, module, source.name, steps + 1);
  });
}

/** A value that is a name itself stands for what that name was assigned; a name of something else stays. */
function followed(program: Program, value: Expr, fn: FunctionInfo, steps: number): readonly Valued[] {
  const found = valuesOf(program, value, fn, steps + 1);
  return found.length > 0 ? found : [{ expr: value, fn }];
}
