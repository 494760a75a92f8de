import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type BindingSource, reaching } from '../scope/index.ts';
import { type Call, type Expr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** Calls that give a row which the table has. */
const READS = /^(a?get|a?first|a?last|a?latest|a?earliest|a?get_object_or_404|get_object)$/;

/** True for a row that the table gave: by a query, by a relation of another row, by a loop over rows. Rows made here, and parameters, are none. */
export function isReadRow(program: Program, row: Expr, fn: FunctionInfo): boolean {
  if (row.kind === 'Attribute') return isRelation(program, row, fn);
  const bindings = row.kind === 'Name' ? reaching(fn.scope.bindings.get(row.id) ?? [], row.start) : [];
  return bindings.length > 0 && bindings.every(({ source }) => isRead(program, source, fn));
}

/** `row.save()` of a row that may be new. One that was read is there, and so is one of which only some columns are written. */
export function savesNew(program: Program, { func, args }: Call, fn: FunctionInfo): boolean {
  return (
    func.kind === 'Attribute' &&
    !args.some(({ name }) => name === 'update_fields') &&
    !isReadRow(program, func.value, fn)
  );
}

function isRead(program: Program, source: BindingSource, fn: FunctionInfo): boolean {
  if (source.kind === 'for')
    return (
      source.steps.length === 0 &&
      parts(program.infer.expr(source.iter, fn)).every(({ t }) => t === 'queryset' || t === 'manager')
    );
  if (source.kind !== 'assign' || source.value === null || source.steps.length > 0) return false;
  const value = source.value.kind === 'Await' ? source.value.value : source.value;
  if (value.kind === 'Attribute') return isRelation(program, value, fn);
  return value.kind === 'Call' && isReading(program, value, fn);
}

function isReading(program: Program, call: Call, fn: FunctionInfo): boolean {
  return (
    READS.test(lastName(call.func) ?? '') && parts(program.infer.expr(call, fn)).some(({ t }) => t === 'row')
  );
}

/** A foreign key of the rows that something may be; of what nothing is known of, one of whatever model has such a field. */
function isRelation(
  { infer, models }: Program,
  { value, attr }: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
): boolean {
  const owners = parts(infer.expr(value, fn));
  if (owners.every(({ t }) => t === 'unknown')) {
    const fields = [...models.byName.values()].flat().flatMap((cls) => models.field(cls, attr) ?? []);
    return fields.length > 0 && fields.every(({ kind }) => kind === 'fk' || kind === 'o2o');
  }
  return (
    owners.length > 0 &&
    owners.every(
      (type) =>
        type.t === 'row' &&
        type.model.cls !== null &&
        (models.field(type.model.cls, attr)?.target ?? null) !== null,
    )
  );
}
