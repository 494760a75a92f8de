import {
  type AttributeSite,
  type Field,
  type FunctionInfo,
  parts,
  perProgram,
  type Program,
} from '../project/index.ts';
import type { Attribute, Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isHanded } from './not-yet-saved.ts';
import { onlyValue } from './only-value.ts';
import { readBefore } from './read-before.ts';
import { isReceiver } from './signals.ts';
import { SiteIndex } from './site-index.ts';
import { testedAt } from './tested.ts';

/**
 * What Django deletes together, a `post_delete` receiver finds half gone: rows that nobody has to be told of go first, and a row that another
 * one names by a nullable foreign key may go before that. What is read off the row that the receiver is told of was not loaded with it.
 * Measured on Django 4.2, 5.2 and 6.1; source: `Collector.collect` and `Collector.delete` (django/db/models/deletion.py).
 */
const DELETED = /^post_delete$/;

const indexOf = perProgram((program) => new SiteIndex(program));

/** True for what `found` reads off the row that a receiver of `post_delete` is told of, where it may be gone already. */
export function isDeletedTogether(program: Program, found: FoundLookup): boolean {
  const { form, expr, place } = found;
  if (expr.kind !== 'Attribute' || isOfOrigin(expr, place.fn)) return false;
  if (form === 'relation') return goneParent(program, { expr, place }) !== null;
  return form === 'reverse-one-to-one' && isSibling(program, expr, place.fn);
}

/**
 * `instance.order`: when the order is deleted, it may go before the rows that name it by a nullable foreign key. Null for all other
 * attributes.
 */
export function goneParent(
  program: Program,
  { expr, place }: Pick<AttributeSite, 'expr' | 'place'>,
): FoundLookup | null {
  if (
    !isToldDeleted(program, expr.value, place.fn) ||
    isOfOrigin(expr, place.fn) ||
    readBefore(place.fn, expr) !== null
  )
    return null;
  for (const type of parts(program.infer.expr(expr.value, place.fn))) {
    const cls = type.t === 'row' ? type.model.cls : null;
    const field = cls === null ? null : program.models.field(cls, expr.attr);
    const isParent = field !== null && (field.kind === 'fk' || field.kind === 'o2o');
    if (isParent && field.target !== null && field.null && field.constrained && cascades(field))
      return { form: 'relation', method: expr.attr, expr, place, model: field.target, rows: null };
  }
  return null;
}

function isToldDeleted(program: Program, row: Expr, fn: FunctionInfo): boolean {
  return row.kind === 'Name' && isHanded(row, fn) && isReceiver(indexOf(program), fn, DELETED, fn.module);
}

/** `if instance == origin:` around the place: the row itself was deleted, and not along with another one (Django 4.1 tells `origin`). */
function isOfOrigin(at: Expr, fn: FunctionInfo): boolean {
  const isOrigin = (part: Expr): boolean =>
    (part.kind === 'Name' && part.id === 'origin') ||
    (part.kind === 'Constant' && part.type === 'str' && part.value === 'origin');
  return testedAt(fn.body, at, isOrigin) !== null;
}

/** The default of Django before 2.0, too. */
function cascades({ onDelete }: Pick<Field, 'onDelete'>): boolean {
  return onDelete === null || onDelete === 'CASCADE';
}

/** `instance.customer.profile`: a customer that is deleted takes both its profile and the rows at hand along. */
function isSibling(program: Program, { value, attr }: Attribute, fn: FunctionInfo): boolean {
  const read = readOf(value, fn);
  if (read === null || !isToldDeleted(program, read.value, fn)) return false;
  const { infer, models } = program;
  const parents = parts(infer.expr(read.value, fn)).map((type) =>
    type.t === 'row' && type.model.cls !== null ? models.field(type.model.cls, read.attr) : null,
  );
  return (
    parents.length > 0 &&
    parents.every((field) => field !== null && cascades(field)) &&
    parts(infer.expr(value, fn)).every((type) => {
      const back = type.t === 'row' ? models.reverse(type.model, attr) : null;
      return back !== null && cascades(back.field);
    })
  );
}

/** `instance.customer`, also under a name. */
function readOf(row: Expr, fn: FunctionInfo): Attribute | null {
  const value = row.kind === 'Name' ? onlyValue(row, fn) : row;
  return value?.kind === 'Attribute' ? value : null;
}
