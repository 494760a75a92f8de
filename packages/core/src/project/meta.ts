import type { Expr } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { Program } from './program.ts';
import type { PlacedExpr } from './symbols.ts';

/** Options of a model's `class Meta` that matter for lookups. */
export interface ModelMeta {
  readonly abstract: boolean;
  readonly proxy: boolean;
  /** Field names of `ordering`, signs and random markers left as written. */
  readonly ordering: readonly string[];
  /** Sets of fields that are unique together: `unique_together` and total `UniqueConstraint`s. */
  readonly uniqueSets: readonly (readonly string[])[];
  readonly defaultManager: string | null;
  readonly defaultRelatedName: string | null;
  readonly appLabel: string | null;
  /** What the model calls a row, translation marks left out; null where it leaves that to Django. */
  readonly verboseName: string | null;
}

/**
 * The options of a model as Django merges them: its own `Meta`, or else that of the nearest abstract parent; `Meta(Base.Meta)`
 * takes over what it does not name. A child of a concrete model keeps the parent's rows: its sets stay unique, its ordering
 * stays unless the child has one.
 */
export function readMeta(program: Program, cls: ClassInfo): ModelMeta {
  const own = nestedMeta(program, cls);
  const source = own ?? inheritedMeta(program, cls);
  const option = (name: string): PlacedExpr | null =>
    source === null ? null : optionOf(program, source, name);
  const concrete = concreteParent(program, cls);
  const parent = concrete === null ? null : program.models.meta(concrete);
  const ordering = option('ordering');
  const managerName = option('default_manager_name');
  return {
    abstract: own !== null && flag(ownOption(program, own, 'abstract')),
    proxy: own !== null && flag(ownOption(program, own, 'proxy')),
    ordering: ordering === null ? (parent?.ordering ?? []) : (strings(program, ordering) ?? ['?']),
    uniqueSets: [
      ...together(program, option('unique_together')),
      ...constraints(program, option('constraints')),
      ...(parent?.uniqueSets ?? []),
    ],
    defaultManager: managerName === null ? null : (text(managerName) ?? '?'),
    defaultRelatedName: text(option('default_related_name')),
    appLabel: text(option('app_label')),
    verboseName: text(marked(option('verbose_name'))),
  };
}

/** The nearest base that is a model with a table of its own; null for none. */
export function concreteParent(program: Program, cls: ClassInfo): ClassInfo | null {
  for (const base of program.hierarchy.mro(cls)) {
    if (typeof base === 'string' || base === cls || program.hierarchy.kind(base) !== 'model') continue;
    if (!isAbstract(program, base)) return base;
  }
  return null;
}

function isAbstract(program: Program, cls: ClassInfo): boolean {
  const own = nestedMeta(program, cls);
  return own !== null && flag(ownOption(program, own, 'abstract'));
}

function nestedMeta(program: Program, cls: ClassInfo): ClassInfo | null {
  const source = cls.bodyScope.scope.bindings.get('Meta')?.at(-1)?.source;
  return source?.kind === 'class' ? program.classInfo(source.def) : null;
}

/** Concrete models have no `Meta` attribute: only abstract ones and mixins hand theirs on. */
function inheritedMeta(program: Program, cls: ClassInfo): ClassInfo | null {
  for (const base of program.hierarchy.mro(cls)) {
    if (typeof base === 'string' || base === cls) continue;
    const meta = nestedMeta(program, base);
    if (meta !== null && (program.hierarchy.kind(base) !== 'model' || isAbstract(program, base))) return meta;
  }
  return null;
}

function optionOf(program: Program, meta: ClassInfo, name: string): PlacedExpr | null {
  for (const base of program.hierarchy.mro(meta)) {
    const found = typeof base === 'string' ? null : ownOption(program, base, name);
    if (found !== null) return found;
  }
  return null;
}

function ownOption(program: Program, meta: ClassInfo, name: string): PlacedExpr | null {
  const source = meta.bodyScope.scope.bindings.get(name)?.at(-1)?.source;
  if (source?.kind !== 'assign' || source.value === null) return null;
  return program.symbols.value(source.value, meta.bodyScope);
}

function flag(option: PlacedExpr | null): boolean {
  return option?.expr.kind === 'Constant' && option.expr.value === 'True';
}

function text(option: PlacedExpr | null): string | null {
  return option?.expr.kind === 'Constant' && option.expr.type === 'str' ? option.expr.value : null;
}

/** `_("order")` without its mark. */
function marked(option: PlacedExpr | null): PlacedExpr | null {
  if (option?.expr.kind !== 'Call') return option;
  const [first, ...rest] = option.expr.args;
  return first !== undefined && rest.length === 0 ? { ...option, expr: first.value } : null;
}

/** The items of a tuple, list or set, names and sums of lists followed; null when there is another part. */
function items(program: Program, { expr, fn }: PlacedExpr): PlacedExpr[] | null {
  if (expr.kind === 'Tuple' || expr.kind === 'List' || expr.kind === 'Set') {
    const out = expr.elts.map((item) =>
      item.kind === 'Starred'
        ? items(program, program.symbols.value(item.value, fn))
        : [program.symbols.value(item, fn)],
    );
    return out.some((part) => part === null) ? null : out.flatMap((part) => part ?? []);
  }
  if (expr.kind !== 'BinOp' || expr.op !== '+') return null;
  const [left, right] = [expr.left, expr.right].map((side) =>
    items(program, program.symbols.value(side, fn)),
  );
  return left == null || right == null ? null : [...left, ...right];
}

/** The strings of a tuple or list; null when some part is not a plain string. */
function strings(program: Program, option: PlacedExpr): string[] | null {
  const only = text(option);
  if (only !== null) return [only];
  const out = items(program, option)?.map(text) ?? [null];
  return out.some((part) => part === null) ? null : out.flatMap((part) => part ?? []);
}

function together(program: Program, option: PlacedExpr | null): string[][] {
  const sets = option === null ? null : items(program, option);
  if (option === null || sets === null) return [];
  const flat = strings(program, option);
  if (flat !== null && flat.length > 0) return [flat];
  return sets.flatMap((item) => {
    const set = strings(program, item);
    return set === null || set.length === 0 ? [] : [set];
  });
}

/** Total `UniqueConstraint(fields=...)`s: no condition, not deferrable, no expressions (`semantics.md` §3). */
function constraints(program: Program, option: PlacedExpr | null): string[][] {
  const found = option === null ? [] : (items(program, option) ?? someItems(program, option));
  return found.flatMap(({ expr, fn }) => {
    if (expr.kind !== 'Call' || lastName(expr.func) !== 'UniqueConstraint') return [];
    if (expr.args.some((arg) => arg.name === null || arg.name === 'condition' || arg.name === 'deferrable'))
      return [];
    const value = expr.args.find((arg) => arg.name === 'fields')?.value;
    const fields = value === undefined ? null : strings(program, program.symbols.value(value, fn));
    return fields === null || fields.length === 0 ? [] : [fields];
  });
}

/** The items of the parts that can be read: more constraints than those never make less unique. */
function someItems(program: Program, { expr, fn }: PlacedExpr): PlacedExpr[] {
  if (expr.kind === 'BinOp')
    return [expr.left, expr.right].flatMap((side) => someItems(program, program.symbols.value(side, fn)));
  return items(program, { expr, fn }) ?? [];
}

function lastName(expr: Expr): string {
  return expr.kind === 'Attribute' ? expr.attr : expr.kind === 'Name' ? expr.id : '';
}
