import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr, type Stmt } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';

/** Methods that leave a row of what they are given behind. */
const MAKES = /^a?(create|get_or_create|update_or_create)$/;

/**
 * `Profile.objects.create(user=user)` or `Profile(user=user)`, on the only way to `user.profile`: the row is there, and Django keeps it
 * with the user. So it is behind a function that is given the user and ends with `Profile.objects.get_or_create(user=user)`.
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
      makesFor(program, call, { owner, fields, model: model.key }, fn) ||
      endsWithMaking(program, call, { owner, fields, model: model.key }, fn),
  );
  return made === undefined || isRebound(owner, made, expr, fn) ? null : made;
}

/** A row of which others are asked for, by the columns that lead back to it. */
interface Wanted {
  readonly owner: string;
  readonly fields: ReadonlySet<string>;
  readonly model: string;
}

/** The calls that statements and tests begin with, those in `with` blocks too: they run whenever the statement does. */
function callsIn(body: readonly Stmt[]): readonly Call[] {
  return body.flatMap((stmt) => {
    if (stmt.kind === 'With') return callsIn(stmt.body);
    if (stmt.kind === 'If') return firstCalls(stmt.test);
    const value = stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' ? stmt.value : null;
    return value === null ? [] : firstCalls(value);
  });
}

/** The calls of `not profile_of(user).is_active` and `profile_of(user).is_active and ...`, whatever they give. */
function firstCalls(expr: Expr): readonly Call[] {
  switch (expr.kind) {
    case 'Call':
      return [expr, ...(expr.func.kind === 'Attribute' ? firstCalls(expr.func.value) : [])];
    case 'Attribute':
    case 'Subscript':
    case 'Await':
      return firstCalls(expr.value);
    case 'UnaryOp':
      return firstCalls(expr.operand);
    case 'BoolOp':
      return firstCalls(expr.left);
    case 'Compare':
      return expr.operands[0] === undefined ? [] : firstCalls(expr.operands[0]);
    default:
      return [];
  }
}

function makesFor(program: Program, call: Call, { owner, fields, model }: Wanted, fn: FunctionInfo): boolean {
  return (
    call.args.some(({ name, value }) => name !== null && fields.has(name) && dottedName(value) === owner) &&
    makes(program, call, model, fn)
  );
}

/** A call of a function of the program that makes the row, or finds it, with its last statement. */
function endsWithMaking(program: Program, call: Call, wanted: Wanted, fn: FunctionInfo): boolean {
  if (!call.args.some(({ value }) => dottedName(value) === wanted.owner)) return false;
  return parts(program.infer.expr(call.func, fn)).some((type) => {
    if (type.t !== 'function' || type.fn === fn) return false;
    const last = type.fn.body.at(-1);
    const value = last?.kind === 'Return' ? last.value : null;
    const [given] = [...argumentsOf(type.fn, call, fn)].find(
      ([, { expr }]) => dottedName(expr) === wanted.owner,
    ) ?? [null];
    return (
      value !== null &&
      given !== null &&
      firstCalls(value).some((part) => makesFor(program, part, { ...wanted, owner: given }, type.fn))
    );
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
