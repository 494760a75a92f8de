import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr, type Stmt } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';

/** Methods that leave a row of what they are given behind. */
const MAKES = /^a?(create|get_or_create|update_or_create)$/;

/**
 * `Profile.objects.create(user=user)` or `Profile(user=user)`, on the only way to `user.profile`: the row is there, and Django keeps it
 * with the user.
 */
export function madeBefore(program: Program, { expr, form, model, place }: FoundLookup): Call | null {
  const { fn } = place;
  const owner = expr.kind === 'Attribute' ? dottedName(expr.value) : null;
  if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || owner === null) return null;
  const fields = new Set(
    parts(program.infer.expr(expr.value, fn)).flatMap((type) =>
      type.t === 'row' ? (program.models.reverse(type.model, expr.attr)?.field.name ?? []) : [],
    ),
  );
  const made = callsIn(ranBefore(fn.body, expr)).find(
    (call) =>
      call.args.some(({ name, value }) => name !== null && fields.has(name) && dottedName(value) === owner) &&
      makes(program, call, model.key, fn),
  );
  return made === undefined || isRebound(owner, made, expr, fn) ? null : made;
}

/** The calls that statements consist of, those in `with` blocks too. */
function callsIn(body: readonly Stmt[]): readonly Call[] {
  return body.flatMap((stmt) => {
    if (stmt.kind === 'With') return callsIn(stmt.body);
    const value = stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' ? stmt.value : null;
    const call = value?.kind === 'Await' ? value.value : value;
    return call?.kind === 'Call' ? [call] : [];
  });
}

function makes(program: Program, { func }: Call, model: string, fn: FunctionInfo): boolean {
  const target = func.kind === 'Attribute' && MAKES.test(func.attr) ? func.value : func;
  return parts(program.infer.expr(target, fn)).some((type) =>
    type.t === 'manager' || type.t === 'queryset'
      ? target !== func && type.rows.model.key === model
      : type.t === 'model' && target === func && type.model.key === model,
  );
}

/** The name got another row in between. */
function isRebound(owner: string, made: Call, read: Expr, fn: FunctionInfo): boolean {
  const root = owner.split('.', 1)[0] ?? '';
  return reaching(fn.scope.bindings.get(root) ?? [], read.start).some(({ at }) => at.start > made.start);
}
