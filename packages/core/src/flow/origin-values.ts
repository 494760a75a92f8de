import { VALUES_METHODS } from '../django/index.ts';
import { type FunctionInfo, type ModelRef, parts } from '../project/index.ts';
import type { Binding } from '../scope/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { columnOrigin } from './origin-columns.ts';
import type { Step } from './origin-steps.ts';
import { originAt, type Tracer } from './origin-trail.ts';
import type { Origin } from './verdict.ts';

/** The column that `M.objects.values("a_id").first()["a_id"]` reads; empty for other calls. */
export function itemOrigins(t: Tracer, { func }: Call, path: readonly Step[], fn: FunctionInfo): Origin[] {
  if (func.kind !== 'Attribute' || !OF_ONE.test(func.attr)) return [];
  // Where there is no first row, the value itself is None; an item of None would be an error of its own.
  const read = path.length === 0 ? listed : kept;
  return columnsOf(t, func.value, [null, ...path], { fn, read });
}

const OF_ONE = /^a?(get|first|last|latest|earliest)$/;

/** The columns that items of `M.objects.values_list("a_id", flat=True)` or `.values("a_id")` hold; empty for other calls. */
export function valuesOrigins(t: Tracer, rows: Expr, path: readonly Step[], fn: FunctionInfo): Origin[] {
  return columnsOf(t, rows, path, { fn, read: listed });
}

interface Reader {
  readonly fn: FunctionInfo;
  readonly read: typeof kept;
}

function columnsOf(t: Tracer, rows: Expr, path: readonly Step[], { fn, read }: Reader): Origin[] {
  return parts(t.program.infer.expr(rows, fn)).flatMap((type) => {
    if (type.t !== 'queryset') return [];
    const values = type.rows.chain.findLast((link) => VALUES_METHODS.has(link.method))?.call;
    if (values === undefined) return [];
    const names = values.args.flatMap(({ name, value }) =>
      name === null && value.kind === 'Constant' && value.type === 'str' ? [value.value] : [],
    );
    const step = path[1];
    const wanted =
      typeof step === 'number'
        ? names.slice(step, step + 1)
        : typeof step === 'string' && (names.includes(step) || values.args.length === 0)
          ? [step]
          : names;
    return wanted.map((name) => read(t, type.rows.model, name, { at: values, fn }));
  });
}

/** `row["a_id"]` and `row.get("a_id")` of a name that is a row: what `values()` gave of it. Null for other steps. */
export function itemOfRow(
  t: Tracer,
  binding: Binding,
  use: Expr,
  fn: FunctionInfo,
  [step]: readonly Step[],
): Origin | null {
  if (typeof step !== 'string') return null;
  for (const type of parts(t.program.infer.binding(binding, fn)))
    if (type.t === 'row') return kept(t, type.model, step, { at: use, fn });
  return null;
}

/** Where a column is read. */
interface ReadAt {
  readonly at: Origin['span'];
  readonly fn: FunctionInfo;
}

/** A column of many rows: what it names may be gone when its turn comes. */
function listed(t: Tracer, model: ModelRef, name: string, { at, fn }: ReadAt): Origin {
  const field = model.cls === null ? null : t.program.models.field(model.cls, name);
  if (field?.kind === 'm2m')
    return originAt('constrained-key', `\`${model.name ?? 'row'}.${name}\`, a many-to-many relation`, at, fn);
  const { kind, detail } = columnOrigin(t.program, model, name);
  return originAt(kind, detail, at, fn);
}

/** A column of one row, out of a dict or a tuple: the row that a foreign key with a constraint names is there. */
function kept(t: Tracer, model: ModelRef, name: string, { at, fn }: ReadAt): Origin {
  const { kind, detail, target } = columnOrigin(t.program, model, name);
  const origin = originAt(kind, detail, at, fn);
  if (target !== null && kind === 'constrained-key') t.targets.set(origin, target);
  return origin;
}
