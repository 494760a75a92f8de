import {
  type ClassInfo,
  definitionOf,
  type FunctionInfo,
  memberDefinition,
  parts,
  type Program,
  wholeTable,
} from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';

/** A dictionary, list or set that code in several places reads and fills. */
export interface Table {
  /** The name of a module or class, or the attribute of instances of a class, that holds it. */
  readonly key: string;
  /** The name of the instance whose attribute it is; null where that is not known: any one. */
  readonly of: string | null;
}

/** True when two may be one. */
export function mayBeSame(a: Table, b: Table): boolean {
  return a.key === b.key && (a.of === null || b.of === null || a.of === b.of);
}

/** The table that an expression reads from or puts into; null for local ones, and for what has no name. */
export function tableAt(program: Program, expr: Expr, fn: FunctionInfo): Table | null {
  const whole = wholeTable(expr);
  if (whole.kind === 'Name') {
    const key = definitionOf(program, whole.id, fn, whole.start);
    return key === null ? null : { key, of: null };
  }
  if (whole.kind !== 'Attribute') return null;
  for (const owner of parts(program.infer.expr(whole.value, fn))) {
    if (owner.t === 'module') {
      const key = memberDefinition(program, owner.module, whole.attr);
      if (key !== null) return { key, of: null };
    }
    if (owner.t !== 'instance' && owner.t !== 'class') continue;
    const holder = holderOf(program, owner.cls, whole.attr);
    if (holder !== null)
      return { key: `${holder.key}.${whole.attr}`, of: instanceAt(program, whole.value, fn) };
  }
  return null;
}

/** The name of a module that an instance has; null for `self`, and for what is made on the spot. */
export function instanceAt(program: Program, expr: Expr, fn: FunctionInfo): string | null {
  if (expr.kind === 'Name') return definitionOf(program, expr.id, fn, expr.start);
  if (expr.kind !== 'Attribute') return null;
  for (const owner of parts(program.infer.expr(expr.value, fn)))
    if (owner.t === 'module') return memberDefinition(program, owner.module, expr.attr);
  return null;
}

/** The class that gives an attribute its value, in its body or by `self.attribute = value`. */
function holderOf(program: Program, cls: ClassInfo, attr: string): ClassInfo | null {
  for (const base of program.hierarchy.mro(cls)) {
    if (typeof base === 'string') continue;
    if (base.selfAttributes.has(attr)) return base;
    const bindings = base.bodyScope.scope.bindings.get(attr) ?? [];
    if (bindings.some(({ source }) => source.kind === 'assign')) return base;
  }
  return null;
}
