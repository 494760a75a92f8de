import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import {
  type Attribute,
  dottedName,
  enclosingStmts,
  type Expr,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';
import { asksThrough } from './asked-through.ts';
import { caughtBefore } from './caught-relation.ts';
import type { FoundLookup } from './find-lookups.ts';
import { joinedBy } from './joined-by.ts';
import { madeBefore } from './made-relation.ts';
import { onlyValue } from './only-value.ts';
import { setBefore } from './ran-before.ts';
import { readBefore } from './read-before.ts';
import { testedAt } from './tested.ts';
import type { Guard } from './verdict.ts';

/** Why the row behind a relation attribute is there when it is read; null when nothing proves it. */
export function askedRelation(program: Program, lookup: FoundLookup): Guard | null {
  const { expr, form, model, place } = lookup;
  if (expr.kind !== 'Attribute') return null;
  const { fn } = place;
  const guard = (kind: Guard['kind'], span: Expr, detail: string): Guard => ({
    kind,
    path: fn.path,
    span,
    detail,
  });
  const asked = testedAt(
    fn.body,
    expr,
    (part) =>
      asksFor(part, expr, fn) ||
      asksThrough(program, part, expr, fn) ||
      asksRows(program, part, { expr, model, form }, fn),
  );
  if (asked !== null) {
    const name = dottedName(asked.kind === 'Call' ? asked.func : asked) ?? '';
    return guard('loaded', asked, `\`${name}\` asks for \`${expr.attr}\` first`);
  }
  const caught = caughtBefore(fn, expr);
  if (caught !== null) return guard('loaded', caught, `\`${caught.id}\` is the same row, and is there`);
  const made = madeBefore(program, lookup);
  if (made !== null) return guard('created', made, `\`${expr.attr}\` was made just before`);
  const set = setBefore(fn, expr);
  if (set !== null && isRow(program, set, fn))
    return guard('created', set, `\`${expr.attr}\` was set to a row before`);
  const from = cameFrom(program, expr.value, expr.attr, fn);
  if (from !== null)
    return guard('loaded', from, `\`${expr.attr}\` leads back to \`${dottedName(from) ?? ''}\``);
  // A foreign key may be given another value by whatever runs in between: its reads are told one by one.
  const read = readBefore(fn, expr);
  if (read !== null && (form === 'reverse-one-to-one' || isTestOf(read, expr, fn)))
    return guard('loaded', read, `\`${dottedName(read) ?? ''}\` was read before, and is kept`);
  const joined = joinedBy(program, expr, fn);
  return joined === null ? null : guard('loaded', joined, `the query asks for \`${expr.attr}\``);
}

/** `hasattr(x, 'profile')` and `getattr(x, 'profile', None)`: both see a row that is not there. */
export function asksFor(part: Expr, { value, attr }: Attribute, fn: FunctionInfo): boolean {
  if (part.kind !== 'Call' || part.func.kind !== 'Name') return false;
  const { id } = part.func;
  if (id !== 'hasattr' && !(id === 'getattr' && part.args.length === 3)) return false;
  const owner = dottedName(value);
  const [row, name] = part.args;
  return (
    owner !== null &&
    row !== undefined &&
    (dottedName(row.value) === owner || isFormsRow(row.value, value, fn)) &&
    name?.value.kind === 'Constant' &&
    name.value.value === attr
  );
}

/** `order = form.instance` and `self.object = form.save()`: one row under two names. */
function isFormsRow(one: Expr, other: Expr, fn: FunctionInfo): boolean {
  const form = formOf(one, fn);
  return form !== null && form === formOf(other, fn);
}

function formOf(row: Expr, fn: FunctionInfo): string | null {
  const value =
    row.kind === 'Name' ? onlyValue(row, fn) : row.kind === 'Attribute' ? setBefore(fn, row) : null;
  if (value?.kind === 'Attribute' && value.attr === 'instance') return dottedName(value.value);
  return value?.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr === 'save'
    ? dottedName(value.func.value)
    : null;
}

/** `Staff.objects.filter(user=user).exists()`, or the query itself: whether there is the row that `user.staff` leads to. */
function asksRows(
  program: Program,
  part: Expr,
  { expr, model, form }: Pick<FoundLookup, 'expr' | 'model' | 'form'>,
  fn: FunctionInfo,
): boolean {
  if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || part.kind !== 'Call') return false;
  const rows = part.func.kind === 'Attribute' && /^a?exists$/.test(part.func.attr) ? part.func.value : part;
  const owner = dottedName(expr.value);
  if (owner === null) return false;
  const keys = new Set([owner, `${owner}.id`, `${owner}.pk`]);
  return parts(program.infer.expr(rows, fn)).some(
    (type) =>
      type.t === 'queryset' &&
      type.rows.model.key === model.key &&
      type.rows.chain.some(
        ({ method, call }) =>
          method === 'filter' && call.args.some(({ value }) => keys.has(dottedName(value) ?? '')),
      ),
  );
}

/** The row `payment` of `payment.order.payment`, or of `order = payment.order` and `order.payment`. */
export function cameFrom(program: Program, value: Expr, attr: string, fn: FunctionInfo): Expr | null {
  const way = value.kind === 'Name' ? onlyValue(value, fn) : value;
  if (way?.kind !== 'Attribute' || dottedName(way.value) === null) return null;
  const back = parts(program.infer.expr(value, fn)).flatMap((type) =>
    type.t === 'row' ? (program.models.reverse(type.model, attr) ?? []) : [],
  );
  const same = parts(program.infer.expr(way.value, fn)).every(
    (type) =>
      type.t === 'row' &&
      back.length > 0 &&
      back.every(
        ({ kind, field, model }) => kind === 'o2o' && field.name === way.attr && type.model.key === model.key,
      ),
  );
  return same ? way.value : null;
}

/** The test of `row.owner.name if row.owner else ""`. */
function isTestOf(one: Expr, other: Expr, fn: FunctionInfo): boolean {
  const stmt = enclosingStmts(fn.body, other).at(-1);
  let found = false;
  for (const expr of stmt === undefined ? [] : stmtExprs(stmt))
    walkExpr(expr, (part) => {
      found ||=
        part.kind === 'IfExp' && part.test === one && part.start <= other.start && other.end <= part.end;
    });
  return found;
}

function isRow(program: Program, value: Expr, fn: FunctionInfo): boolean {
  const types = parts(program.infer.expr(value, fn));
  return types.length > 0 && types.every((type) => type.t === 'row');
}
