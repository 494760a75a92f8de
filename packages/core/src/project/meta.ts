import type { Expr, Stmt } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';

/** Options of a model's `class Meta` that matter for lookups. */
export interface ModelMeta {
  readonly abstract: boolean;
  readonly proxy: boolean;
  /** Field names of `ordering`, signs and random markers left as written. */
  readonly ordering: readonly string[];
  /** Sets of fields that are unique together: `unique_together` and total `UniqueConstraint`s. */
  readonly uniqueSets: readonly (readonly string[])[];
  readonly defaultManager: string | null;
}

const NO_META: ModelMeta = { abstract: false, proxy: false, ordering: [], uniqueSets: [], defaultManager: null };

/** Reads the class's own `Meta`; null when it has none. */
export function readMeta(cls: ClassInfo): ModelMeta | null {
  const meta = cls.def.body.find((stmt) => stmt.kind === 'ClassDef' && stmt.name === 'Meta');
  if (meta?.kind !== 'ClassDef') return null;
  const value = (name: string): Expr | null => {
    const found = meta.body.findLast((stmt: Stmt) => stmt.kind === 'Assign' && stmt.targets.some((target) => target.kind === 'Name' && target.id === name));
    return found?.kind === 'Assign' ? found.value : null;
  };
  return {
    abstract: flag(value('abstract')),
    proxy: flag(value('proxy')),
    ordering: strings(value('ordering')) ?? ['?'],
    uniqueSets: [...together(value('unique_together')), ...constraints(value('constraints'))],
    defaultManager: strings(value('default_manager_name'))?.[0] ?? null,
  };
}

/** Meta as Django merges it: ordering comes from abstract parents when the class's own Meta derives from theirs or is missing. */
export function mergeMeta(own: ModelMeta | null, parent: ModelMeta | null): ModelMeta {
  if (own === null) return parent === null ? NO_META : { ...parent, abstract: false, proxy: false };
  if (parent === null) return own;
  return { ...own, ordering: own.ordering.length > 0 ? own.ordering : parent.ordering, uniqueSets: [...own.uniqueSets, ...parent.uniqueSets] };
}

function flag(expr: Expr | null): boolean {
  return expr?.kind === 'Constant' && expr.value === 'True';
}

/** The strings of a tuple or list; [] when there is no expression, null when some part is not a plain string. */
function strings(expr: Expr | null): string[] | null {
  if (expr === null) return [];
  if (expr.kind === 'Constant' && expr.type === 'str') return [expr.value];
  if (expr.kind !== 'Tuple' && expr.kind !== 'List') return null;
  const out: string[] = [];
  for (const item of expr.elts) {
    if (item.kind !== 'Constant' || item.type !== 'str') return null;
    out.push(item.value);
  }
  return out;
}

function together(expr: Expr | null): string[][] {
  if (expr === null || (expr.kind !== 'Tuple' && expr.kind !== 'List' && expr.kind !== 'Set')) return [];
  const flat = strings(expr.kind === 'Set' ? null : expr);
  if (flat !== null && flat.length > 0) return [flat];
  return expr.elts.flatMap((item) => {
    const set = strings(item);
    return set === null || set.length === 0 ? [] : [set];
  });
}

/** Total `UniqueConstraint(fields=...)`s: no condition, not deferrable, no expressions (`semantics.md` §3). */
function constraints(expr: Expr | null): string[][] {
  if (expr?.kind !== 'List' && expr?.kind !== 'Tuple') return [];
  return expr.elts.flatMap((item) => {
    if (item.kind !== 'Call') return [];
    const name = item.func.kind === 'Attribute' ? item.func.attr : item.func.kind === 'Name' ? item.func.id : '';
    if (name !== 'UniqueConstraint') return [];
    if (item.args.some((arg) => arg.name === null || arg.name === 'condition' || arg.name === 'deferrable')) return [];
    const fields = strings(item.args.find((arg) => arg.name === 'fields')?.value ?? null);
    return fields === null || fields.length === 0 ? [] : [fields];
  });
}
