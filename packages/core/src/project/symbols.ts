import type { Expr } from '../syntax/index.ts';
import type { Binding } from '../scope/index.ts';
import type { ClassInfo, FunctionInfo, Module } from './entities.ts';
import type { Program } from './program.ts';

/** What a name stands for, as far as definitions and imports alone tell. */
export type ProgramSymbol =
  | { readonly kind: 'class'; readonly cls: ClassInfo }
  | { readonly kind: 'module'; readonly module: Module }
  /** Something of an installed package, by dotted name. */
  | { readonly kind: 'external'; readonly name: string };

const MAX_STEPS = 24;

/**
 * Resolves names to classes and modules without inferring types. The class hierarchy stands on it: types depend on the
 * hierarchy, so the hierarchy must not depend on types.
 */
export class Symbols {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The symbol of `Name`, `a.b.Name` or `Name[...]`; null for anything that is computed. */
  of(expr: Expr, scope: FunctionInfo, steps = 0): ProgramSymbol | null {
    if (steps > MAX_STEPS) return null;
    switch (expr.kind) {
      case 'Name':
        return this.#name(expr.id, scope, steps);
      case 'Attribute': {
        const base = this.of(expr.value, scope, steps + 1);
        return base === null ? null : this.#member(base, expr.attr, steps);
      }
      case 'Subscript':
        return this.of(expr.value, scope, steps + 1);
      default:
        return null;
    }
  }

  #name(name: string, fn: FunctionInfo, steps: number): ProgramSymbol | null {
    for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
      if (scope !== fn && scope.def === null && scope.cls !== null) continue;
      const bindings = scope.scope.bindings.get(name);
      if (bindings !== undefined) return this.#first(bindings, scope, steps);
    }
    return this.#inModule(fn.module, name, steps, new Set()) ?? { kind: 'external', name: `builtins.${name}` };
  }

  /** Of several definitions (an import with a fallback) the one of the program wins. */
  #first(bindings: readonly Binding[], scope: FunctionInfo, steps: number): ProgramSymbol | null {
    const found = bindings.map((binding) => this.#binding(binding, scope, steps)).filter((symbol) => symbol !== null);
    return found.find((symbol) => symbol.kind !== 'external') ?? found[0] ?? null;
  }

  #binding({ source }: Binding, scope: FunctionInfo, steps: number): ProgramSymbol | null {
    switch (source.kind) {
      case 'class': {
        const cls = this.#program.classInfo(source.def);
        return cls === null ? null : { kind: 'class', cls };
      }
      case 'import': {
        const module = this.#program.index.absolute(source.module, scope.module);
        return module === null ? { kind: 'external', name: source.module } : { kind: 'module', module };
      }
      case 'from':
        return this.#imported(source.level, source.module, source.name, scope.module, steps);
      case 'assign':
        return source.value === null || source.steps.length > 0 ? null : this.of(source.value, scope, steps + 1);
      default:
        return null;
    }
  }

  #imported(level: number, name: string, wanted: string, from: Module, steps: number): ProgramSymbol | null {
    const module = this.#program.importModule(level, name, from);
    if (module !== null) return this.#inModule(module, wanted, steps + 1, new Set());
    const child = this.#program.importModule(level, name === '' ? wanted : `${name}.${wanted}`, from);
    if (child !== null) return { kind: 'module', module: child };
    return { kind: 'external', name: `${level === 0 ? name : this.#program.index.relativeName(level, name, from)}.${wanted}` };
  }

  #inModule(module: Module, name: string, steps: number, seen: Set<Module>): ProgramSymbol | null {
    if (steps > MAX_STEPS || seen.has(module)) return null;
    seen.add(module);
    const bindings = module.top.scope.bindings.get(name);
    if (bindings !== undefined) return this.#first(bindings, module.top, steps + 1);
    for (const star of module.top.scope.stars) {
      const target = this.#program.importModule(star.level, star.module, module);
      const found = target === null ? null : this.#inModule(target, name, steps + 1, seen);
      if (found !== null) return found;
    }
    const child = module.isPackage ? this.#program.index.child(module, name) : null;
    if (child !== null) return { kind: 'module', module: child };
    const foreign = module.top.scope.stars.find((star) => star.level === 0 && this.#program.index.absolute(star.module, module) === null);
    return foreign === undefined || !/^[A-Z]/.test(name) || /^([A-Z]\w*(Error|Exception|Warning)|True|False|None|StopIteration)$/.test(name) ? null : { kind: 'external', name: `${foreign.module}.${name}` };
  }

  #member(base: ProgramSymbol, attr: string, steps: number): ProgramSymbol | null {
    if (base.kind === 'external') return { kind: 'external', name: `${base.name}.${attr}` };
    if (base.kind === 'module') return this.#inModule(base.module, attr, steps + 1, new Set());
    const nested = base.cls.bodyScope.scope.bindings.get(attr);
    return nested === undefined ? null : this.#first(nested, base.cls.bodyScope, steps + 1);
  }
}
