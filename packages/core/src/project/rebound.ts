import type { Module, PlacedBinding, Rebound } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';

/** What functions of a module assign to names that they declare `global` or `nonlocal`, by the scope whose names those are. */
export function collectRebound(module: Module): Rebound {
  const out = new Map<FunctionInfo, Map<string, PlacedBinding[]>>();
  for (const fn of module.rebinders) {
    for (const name of [...fn.scope.globals, ...fn.scope.nonlocals]) {
      const target = fn.scope.globals.has(name) ? module.top : ownerOf(fn, name);
      const names = out.get(target) ?? new Map<string, PlacedBinding[]>();
      out.set(target, names);
      const bindings = fn.scope.bindings.get(name) ?? [];
      names.set(name, [...(names.get(name) ?? []), ...bindings.map((binding) => ({ binding, scope: fn }))]);
    }
  }
  return out;
}

/** The enclosing function whose own name a nonlocal one is. */
function ownerOf(fn: FunctionInfo, name: string): FunctionInfo {
  for (let scope = fn.parent; scope !== null; scope = scope.parent) {
    if (scope.scope.bindings.has(name) && !scope.scope.nonlocals.has(name)) return scope;
  }
  return fn.module.top;
}
