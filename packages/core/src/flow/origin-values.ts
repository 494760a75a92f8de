import { VALUES_METHODS } from '../django/index.ts';
import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { columnOrigin } from './origin-columns.ts';
import type { Step } from './origin-steps.ts';
import { originAt } from './origin-trail.ts';
import type { Origin } from './verdict.ts';

/** The column that `M.objects.values("a_id").first()["a_id"]` reads; empty for other calls. */
export function itemOrigins(
  program: Program,
  { func }: Call,
  path: readonly Step[],
  fn: FunctionInfo,
): Origin[] {
  return func.kind === 'Attribute' && OF_ONE.test(func.attr)
    ? valuesOrigins(program, func.value, [null, ...path], fn)
    : [];
}

const OF_ONE = /^a?(get|first|last|latest|earliest)$/;

/** The columns that items of `M.objects.values_list("a_id", flat=True)` or `.values("a_id")` hold; empty for other calls. */
export function valuesOrigins(
  program: Program,
  rows: Expr,
  path: readonly Step[],
  fn: FunctionInfo,
): Origin[] {
  return parts(program.infer.expr(rows, fn)).flatMap((type) => {
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
        : typeof step === 'string' && names.includes(step)
          ? [step]
          : names;
    return wanted.map((name) => {
      const { kind, detail } = columnOrigin(program, type.rows.model, name);
      return originAt(kind, detail, values, fn);
    });
  });
}
