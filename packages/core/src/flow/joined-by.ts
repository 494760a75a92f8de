import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type Attribute, type Call, type Expr, isNone } from '../syntax/index.ts';
import { loopRows } from './loop-rows.ts';
import { onlyValue } from './only-value.ts';

/** Methods that give one of the rows. */
const ONE = /^a?(get|first|last|latest|earliest)$/;

/**
 * The call by which a query leaves out rows without the related one: `filter(profile__isnull=False)`, `exclude(profile=None)`,
 * `get(profile__slug=slug)`, where the row that the relation is read of is an item of the rows, or one of them.
 */
export function joinedBy(program: Program, { value, attr }: Attribute, fn: FunctionInfo): Call | null {
  for (const rows of rowsBehind(value, fn)) {
    if (rows.kind === 'Call' && isOne(rows) && isAskedBy(program, rows, attr, fn)) return rows;
    const from =
      rows.kind === 'Call' && isOne(rows) && rows.func.kind === 'Attribute' ? rows.func.value : rows;
    for (const type of parts(program.infer.expr(from, fn))) {
      if (type.t !== 'queryset') continue;
      const asking = type.rows.chain.find(({ method, call }) => asks(call, method, attr));
      if (asking !== undefined) return asking.call;
    }
  }
  return null;
}

/** What a row comes from: rows that a loop goes through, rows of which it is the first, or the call that gives it. */
function rowsBehind(row: Expr, fn: FunctionInfo): readonly Expr[] {
  if (row.kind === 'Name') {
    const value = onlyValue(row, fn);
    return value === null || value.kind === 'Name' ? loopRows(row, fn) : rowsBehind(value, fn);
  }
  if (row.kind === 'Await') return rowsBehind(row.value, fn);
  if (row.kind === 'Subscript') return [row.value];
  return row.kind === 'Call' && isOne(row) ? [row] : [];
}

function isOne({ func }: Call): boolean {
  return func.kind === 'Attribute' && ONE.test(func.attr);
}

/** `get(order=order)` of a row at hand; an id alone says nothing of the row behind it. */
function isAskedBy(program: Program, { args }: Call, attr: string, fn: FunctionInfo): boolean {
  return args.some(
    ({ name, value }) =>
      requires('filter', name, value, attr) &&
      (name !== attr || parts(program.infer.expr(value, fn)).some(({ t }) => t === 'row')),
  );
}

function asks({ args }: Call, method: string, attr: string): boolean {
  return args.some(({ name, value }) => requires(method, name, value, attr));
}

/** A keyword about the relation joins its table; `isnull` must ask for rows that have one. */
function requires(method: string, name: string | null, value: Expr, attr: string): boolean {
  const truth = value.kind === 'Constant' && value.type === 'bool' ? value.value : null;
  if (name === attr && isNone(value)) return method === 'exclude';
  if (name === `${attr}__isnull`)
    return truth === (method === 'filter' ? 'False' : 'True') && /^(filter|exclude)$/.test(method);
  return method === 'filter' && (name === attr || name?.startsWith(`${attr}__`) === true);
}
