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
  /** The names of modules or classes, or the attributes of instances of classes, that may hold it; nearest class first. */
  readonly keys: readonly string[];
  /** What has it: an instance, or the class whose own one it is. Null where that is not known: any one. */
  readonly of: string | null;
}

/** What an attribute is read of, or whose method runs. */
export interface Owner {
  readonly expr: Expr;
  readonly fn: FunctionInfo;
}

/** True when two may be one. */
export function mayBeSame(a: Table, b: Table): boolean {
  return a.keys.some((key) => b.keys.includes(key)) && (a.of === null || b.of === null || a.of === b.of);
}

/** The table that an expression reads from or puts into; null for local ones, and for what has no name. */
export function tableAt(program: Program, expr: Expr, fn: FunctionInfo): Table | null {
  const whole = wholeTable(expr);
  if (whole.kind === 'Name') {
    const key = definitionOf(program, whole.id, fn, whole.start);
    return key === null ? null : { keys: [key], of: null };
  }
  if (whole.kind !== 'Attribute') return null;
  for (const owner of parts(program.infer.expr(whole.value, fn))) {
    if (owner.t === 'module') {
      const key = memberDefinition(program, owner.module, whole.attr);
      if (key !== null) return { keys: [key], of: null };
    }
    if (owner.t !== 'instance' && owner.t !== 'class') continue;
    const keys = holdersOf(program, owner.cls, whole.attr).map(({ key }) => `${key}.${whole.attr}`);
    if (keys.length > 0) return { keys, of: holderOf(program, { expr: whole.value, fn }, whole.attr) };
  }
  return null;
}

/** Which table an attribute is of what is named: the instance's own, or that of the nearest class; null for `self`, `cls` and values. */
export function holderOf(program: Program, { expr, fn }: Owner, attr: string): string | null {
  const name = nameOf(program, expr, fn);
  for (const type of parts(program.infer.expr(expr, fn))) {
    if (type.t !== 'class' && type.t !== 'instance') continue;
    const [nearest] = holdersOf(program, type.cls, attr);
    const own = type.t === 'instance' && nearest?.selfAttributes.has(attr) === true;
    if (own || nearest === undefined) return name;
    const named = type.t === 'instance' ? name !== null : isClassName(program, expr, fn);
    return named ? nearest.key : null;
  }
  return name;
}

/** The name of a module that an instance has; null for `self`, and for what is made on the spot. */
function nameOf(program: Program, expr: Expr, fn: FunctionInfo): string | null {
  if (expr.kind === 'Name') return definitionOf(program, expr.id, fn, expr.start);
  if (expr.kind !== 'Attribute') return null;
  for (const owner of parts(program.infer.expr(expr.value, fn)))
    if (owner.t === 'module') return memberDefinition(program, owner.module, expr.attr);
  return null;
}

/** True where the text names a class itself: not `cls`, which may be any of its subclasses. */
function isClassName(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  return program.symbols.of(expr, fn)?.kind === 'class';
}

/** The classes that give an attribute a value, in their bodies or by `self.attribute = value`; nearest first. */
function holdersOf(program: Program, cls: ClassInfo, attr: string): readonly ClassInfo[] {
  return program.hierarchy.mro(cls).flatMap((base) => {
    if (typeof base === 'string') return [];
    const bindings = base.bodyScope.scope.bindings.get(attr) ?? [];
    return base.selfAttributes.has(attr) || bindings.some(({ source }) => source.kind === 'assign')
      ? [base]
      : [];
  });
}
