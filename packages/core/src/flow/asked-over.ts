import { isSoftReference, parts, type Program } from '../project/index.ts';
import { type Call, enclosingStmts, stmtExprs, walkExpr } from '../syntax/index.ts';
import { isUnchanged } from './asked-already.ts';
import { asGet } from './asked-by-call.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';

/**
 * True where a row was found a moment ago by the very value of the row it belongs to: `Order.objects.get(customer__email=email)`, or
 * `get_object_or_404(Order, customer__email=email)`, then `Customer.objects.get(email=email)`.
 */
export function askedOver(program: Program, lookup: FoundLookup): boolean {
  const { expr, form, place, rows } = lookup;
  const [asked, other] = expr.kind === 'Call' ? expr.args : [];
  if (form !== 'get' || asked?.name == null || other !== undefined || (rows?.chain.length ?? 0) > 0)
    return false;
  const wanted = wordsOf(asked.value);
  const leads = (call: Call): boolean =>
    call.args.some(
      ({ name, value }) =>
        name !== null &&
        wordsOf(value) === wanted &&
        isUnchanged(asked.value, call, place.fn) &&
        isOver(program, call, { name, column: asked.name ?? '' }, lookup),
    );
  return ranBefore(place.fn.body, expr).some((stmt) => {
    let found = false;
    for (const part of stmt.kind === 'Assign' || stmt.kind === 'ExprStmt' ? stmtExprs(stmt) : [])
      walkExpr(part, (inner) => {
        const call = inner.kind === 'Call' ? asGet(inner) : null;
        if (call?.func.kind !== 'Attribute' || !/^a?get$/.test(call.func.attr)) return;
        found ||= enclosingStmts([stmt], inner).length === 1 && leads(call);
      });
    return found;
  });
}

/** The keyword leads over a foreign key to the lookup's model, and to the column that it asks by, in the same way. */
function isOver(
  program: Program,
  { func }: Call,
  { name, column }: { readonly name: string; readonly column: string },
  { model, place }: FoundLookup,
): boolean {
  const [relation = '', ...rest] = name.split('__');
  if (func.kind !== 'Attribute' || rest.join('__') !== column) return false;
  return parts(program.infer.expr(func.value, place.fn)).some((type) => {
    const of =
      type.t === 'manager' || type.t === 'queryset'
        ? type.rows.model
        : type.t === 'model'
          ? type.model
          : null;
    const field = of?.cls == null ? null : program.models.field(of.cls, relation);
    return (
      (field?.kind === 'fk' || field?.kind === 'o2o') &&
      !isSoftReference(field) &&
      field.target !== null &&
      sameModel(program, field.target, model)
    );
  });
}
