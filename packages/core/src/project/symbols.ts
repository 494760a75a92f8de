import type { Expr } from '../syntax/index.ts';
import { BEHIND_ALL, span } from '../text/index.ts';
import type { ClassInfo, Module, PlacedBinding } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { imported, lookupName, moduleMember, type NameRef } from './names.ts';
import type { Program } from './program.ts';

/** What a name stands for, as far as definitions and imports alone tell. */
export type ProgramSymbol =
  | { readonly kind: 'class'; readonly cls: ClassInfo }
  | { readonly kind: 'module'; readonly module: Module }
  /** Something of an installed package, by dotted name. */
  | { readonly kind: 'external'; readonly name: string };

/** An expression, and the function in which its names are read. */
export interface PlacedExpr {
  readonly expr: Expr;
  readonly fn: FunctionInfo;
}

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

  /** The symbol of `Name`, `a.b.Name` or `Name[...]`, and of the class that `M.from_queryset(Q)` makes; null for anything else. */
  of(expr: Expr, scope: FunctionInfo, steps = 0): ProgramSymbol | null {
    if (steps > MAX_STEPS) return null;
    switch (expr.kind) {
      case 'Name':
        return this.#ref(lookupName(this.#program, expr.id, scope, expr.start), steps);
      case 'Attribute': {
        const base = this.of(expr.value, scope, steps + 1);
        return base === null ? null : this.#member(base, expr.attr, steps);
      }
      case 'Subscript':
        return this.of(expr.value, scope, steps + 1);
      case 'Call': {
        const made =
          expr.func.kind === 'Attribute' && expr.func.attr === 'from_queryset'
            ? expr.args[0]?.value
            : undefined;
        return made === undefined ? null : this.of(made, scope, steps + 1);
      }
      default:
        return null;
    }
  }

  /** The expression that was assigned to a name, followed through names and imports; others stand for themselves. */
  value(expr: Expr, fn: FunctionInfo, steps = 0): PlacedExpr {
    const refs = steps > MAX_STEPS ? [] : this.#bindingsOf(expr, fn);
    for (const { binding, scope } of refs.toReversed()) {
      const { source } = binding;
      if (source.kind === 'assign' && source.value !== null && source.steps.length === 0)
        return this.value(source.value, scope, steps + 1);
      if (source.kind !== 'from') continue;
      const module = this.#program.importModule(source.level, source.module, scope.module);
      const name: Expr = { kind: 'Name', ...span(BEHIND_ALL, BEHIND_ALL), id: source.name };
      if (module !== null) return this.value(name, module.top, steps + 1);
    }
    return { expr, fn };
  }

  #bindingsOf(expr: Expr, fn: FunctionInfo): readonly PlacedBinding[] {
    if (expr.kind === 'Name') return boundTo(lookupName(this.#program, expr.id, fn, expr.start));
    if (expr.kind !== 'Attribute') return [];
    const base = this.of(expr.value, fn);
    if (base?.kind === 'module') return boundTo(moduleMember(this.#program, base.module, expr.attr));
    if (base?.kind !== 'class') return [];
    const scope = base.cls.bodyScope;
    return (scope.scope.bindings.get(expr.attr) ?? []).map((binding) => ({ binding, scope }));
  }

  /** Of several definitions (an import with a fallback) the one of the program wins. */
  #ref(ref: NameRef, steps: number): ProgramSymbol | null {
    if (ref.kind !== 'bindings') return ref;
    const found = ref.bindings
      .map((binding) => this.#binding(binding, steps))
      .filter((symbol) => symbol !== null);
    return found.find((symbol) => symbol.kind !== 'external') ?? found[0] ?? null;
  }

  #binding({ binding: { source }, scope }: PlacedBinding, steps: number): ProgramSymbol | null {
    if (steps > MAX_STEPS) return null;
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
        return this.#ref(
          imported(this.#program, source.level, source.module, source.name, scope.module),
          steps + 1,
        );
      case 'assign':
        return source.value === null || source.steps.length > 0
          ? null
          : this.of(source.value, scope, steps + 1);
      default:
        return null;
    }
  }

  #member(base: ProgramSymbol, attr: string, steps: number): ProgramSymbol | null {
    if (base.kind === 'external') {
      const module = this.#program.index.anywhere(`${base.name}.${attr}`);
      return module === null
        ? { kind: 'external', name: `${base.name}.${attr}` }
        : { kind: 'module', module };
    }
    if (base.kind === 'module') return this.#ref(moduleMember(this.#program, base.module, attr), steps + 1);
    const scope = base.cls.bodyScope;
    const nested = scope.scope.bindings.get(attr);
    if (nested === undefined) return null;
    return this.#ref(
      { kind: 'bindings', bindings: nested.map((binding) => ({ binding, scope })) },
      steps + 1,
    );
  }
}

function boundTo(ref: NameRef): readonly PlacedBinding[] {
  return ref.kind === 'bindings' ? ref.bindings : [];
}
