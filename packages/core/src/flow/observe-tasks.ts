import { type CallSite, type FunctionInfo, parts, type Program } from '../project/index.ts';
import type { BindingSource } from '../scope/index.ts';
import {
  type Attribute,
  type Call,
  dottedName,
  type Expr,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { isInstance, transactionOfSave } from './saving-transaction.ts';
import { savesNew } from './read-row.ts';
import { isAtomic, type OpenTransaction, ownTransaction, transactionAround } from './open-transaction.ts';

/** Methods that hand a task to a queue at once. */
const SENDS: ReadonlySet<string> = new Set([
  'delay',
  'apply_async',
  'send',
  'send_with_options',
  'enqueue',
  'schedule',
]);

/** A task that is sent while a transaction is open. */
export interface EarlyTask {
  readonly task: string;
  readonly method: string;
  readonly open: OpenTransaction;
  readonly row: Expr;
  /** The transaction writes the row, and the worker may come before its end. */
  readonly written: boolean;
}

export function earlyTask(graph: CallGraph, entries: EntryPoints, site: CallSite): EarlyTask | null {
  const { func } = site.expr;
  if (func.kind !== 'Attribute' || !SENDS.has(func.attr) || site.place.deferred !== null) return null;
  const { fn } = site.place;
  const own = ownTransaction(graph.program, site.place);
  const types = parts(graph.program.infer.expr(func.value, fn));
  const known = types.some((type) => type.t === 'function' && entries.of(type.fn) === 'task');
  if (types.some((type) => type.t === 'function' && waitsForCommit(graph.program, type.fn, func.attr)))
    return null;
  const celery =
    /^(delay|apply_async)$/.test(func.attr) &&
    types.every((type) => type.t === 'unknown' || type.t === 'external');
  if (!known && !celery) return null;
  const rows = rowsIn(graph.program, site.expr, fn);
  const sent = own === null && rows.some(isInstance) ? transactionOfSave(graph, site) : null;
  const written = rows.find(
    (row) => isWritten(graph, site, row) || (sent?.writesNew === true && isInstance(row)),
  );
  const open = own ?? sent?.open ?? (written === undefined ? null : transactionAround(graph, entries, fn));
  const row = written ?? rows[0];
  return row === undefined || open === null
    ? null
    : {
        task: dottedName(func.value) ?? 'the task',
        method: func.attr,
        open,
        row,
        written: written !== undefined && !isPutOff(site.expr),
      };
}

/** `countdown=10`, `eta=order.ships_at`: the transaction has ended by then. */
function isPutOff({ args }: Call): boolean {
  return args.some(({ name }) => name === 'countdown' || name === 'eta');
}

/** `@task(base=TransactionAwareTask)`: a base class of the task sends it on commit. */
function waitsForCommit(program: Program, task: FunctionInfo, method: string): boolean {
  for (const decorator of task.def?.decorators ?? []) {
    const base =
      decorator.kind === 'Call' ? decorator.args.find((arg) => arg.name === 'base')?.value : undefined;
    if (base === undefined) continue;
    for (const type of parts(program.infer.expr(base, task.parent ?? task.module.top))) {
      if (type.t === 'external' && /Transaction|Commit/.test(type.name)) return true;
      if (
        type.t === 'class' &&
        [method, 'apply_async'].some((name) =>
          mentionsCommit(program.hierarchy.member(type.cls, name)?.method ?? null),
        )
      )
        return true;
    }
  }
  return false;
}

function mentionsCommit(fn: FunctionInfo | null): boolean {
  let found = false;
  walkStmts(fn?.body ?? [], (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Attribute' && part.attr === 'on_commit') found = true;
      });
  });
  return found;
}

/**
 * Arguments that name a row: `order.pk`, `order.id`, `order`, within lists and dictionaries too. `order.customer_id` and
 * `order.customer.email` name another than `order`.
 */
function rowsIn(program: Program, call: Call, fn: FunctionInfo): Expr[] {
  const out: Expr[] = [];
  const owners = new Set<number>();
  for (const arg of call.args) {
    walkExpr(arg.value, (part) => {
      if (part.kind === 'Attribute' && isRelation(program, part, fn)) owners.add(part.start);
      if (part.kind === 'Attribute' && /^(id|pk|uuid)$/.test(part.attr) && dottedName(part.value) !== null)
        out.push(part);
      else if (
        part.kind === 'Name' &&
        !owners.has(part.start) &&
        parts(program.infer.name(part.id, fn, part.start)).some((type) => type.t === 'row') &&
        !out.some((row) => row.start === part.start)
      )
        out.push(part);
    });
  }
  return out;
}

/** `order.customer`, `order.customer_id`: a foreign key of a row, or its column. */
function isRelation({ infer, models }: Program, { value, attr }: Attribute, fn: FunctionInfo): boolean {
  return (
    value.kind === 'Name' &&
    parts(infer.name(value.id, fn, value.start)).some((type) => {
      const cls = type.t === 'row' ? type.model.cls : null;
      if (cls === null) return false;
      const kind = models.field(cls, attr)?.kind;
      return kind === 'fk' || kind === 'o2o' || models.columnOf(cls, attr) !== null;
    })
  );
}

const CREATES = /^(a?create|a?get_or_create|a?update_or_create|a?bulk_create|create_\w+)$/;

/**
 * True when the function creates or saves the row inside the transaction, before it sends the task. A row that it has read before
 * it saves it is there for the worker too, as it was.
 */
function isWritten(graph: CallGraph, site: CallSite, row: Expr): boolean {
  const owner = row.kind === 'Attribute' ? row.value : row;
  const name = dottedName(owner);
  const bound = owner.kind === 'Name' ? (site.place.fn.scope.bindings.get(owner.id) ?? []) : [];
  const last = bound.findLast(({ at }) => at.start < site.expr.start);
  const from = Math.max(atomicStart(site), last?.at.start ?? 0);
  const saved = graph.sites.of(site.place.fn).some((other) => {
    if (other.kind !== 'call') return false;
    const { start, func } = other.expr;
    return (
      start >= from &&
      start < site.expr.start &&
      func.kind === 'Attribute' &&
      /^a?save$/.test(func.attr) &&
      dottedName(func.value) === name &&
      savesNew(graph.program, other.expr, site.place.fn)
    );
  });
  return saved || (last !== undefined && last.at.start >= atomicStart(site) && isCreated(last.source));
}

/** `row = Row.objects.create(...)`, `row, created = Row.objects.get_or_create(...)`. */
function isCreated(source: BindingSource): boolean {
  if (source.kind !== 'assign' || source.value === null) return false;
  const value = source.value.kind === 'Await' ? source.value.value : source.value;
  return value.kind === 'Call' && value.func.kind === 'Attribute' && CREATES.test(value.func.attr);
}

function atomicStart({ place }: CallSite): number {
  for (let frame = place.frame; frame !== null; frame = frame.parent)
    if (frame.kind === 'with' && isAtomic(frame.item.context)) return frame.stmt.start;
  return place.fn.span.start;
}
