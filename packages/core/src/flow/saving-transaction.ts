import { type CallSite, type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { enclosingStmts, type Expr } from '../syntax/index.ts';
import { atomicRequests } from './atomic-requests.ts';
import type { CallGraph } from './call-graph.ts';
import { type OpenTransaction, ownTransaction } from './open-transaction.ts';
import { savesNew } from './read-row.ts';
import { isReceiver } from './signals.ts';
import { isTestCode } from './test-code.ts';
import { testedAt } from './tested.ts';

const AFTER_SAVE = /^post_save$/;

/** Calls that write a new row, and send `post_save` before they return. */
const CREATES = ['create', 'get_or_create', 'update_or_create'];

/** The transaction in which a row is saved, and whether it may be a new one: others have been there before. */
interface SavingTransaction {
  readonly open: OpenTransaction;
  readonly writesNew: boolean;
}

/**
 * The transaction in which code of the program writes rows that a `post_save` receiver is handed, or that is open around every
 * request: the receiver runs in it. What stands behind a test of `created` is about new rows. Null for other functions, and where no
 * transaction is in sight.
 */
export function transactionOfSave(
  graph: CallGraph,
  { expr: at, place: { fn } }: CallSite,
): SavingTransaction | null {
  const { program } = graph;
  const models = savedModels(graph, fn);
  if (models.length === 0) return null;
  const old = isOfOld(fn, at);
  const forNew = testedAt(fn.body, at, isCreated) !== null;
  const wanted = old ? ['save'] : forNew ? CREATES : [...CREATES, 'save'];
  let changed: SavingTransaction | null = null;
  for (const name of wanted)
    for (const { expr, place } of graph.sites.calls(name)) {
      if (expr.func.kind !== 'Attribute' || place.deferred !== null || isTestCode(place.fn.path)) continue;
      const own = ownTransaction(program, place);
      if (own === null || !writes(program, expr.func.value, place.fn, models)) continue;
      const open = { ...own, opener: place.fn.qualname };
      if (!old && (name !== 'save' || savesNew(program, expr, place.fn))) return { open, writesNew: true };
      changed ??= { open, writesNew: false };
    }
  const request = atomicRequests(program);
  return request === null
    ? changed
    : { open: { at: request, opener: null, byRequest: true, inCommand: false }, writesNew: !old };
}

function isCreated(part: Expr): boolean {
  return part.kind === 'Name' && part.id === 'created';
}

/** `if not created:` around a place, or the other branch of `if created:`. */
function isOfOld(fn: FunctionInfo, at: Expr): boolean {
  return enclosingStmts(fn.body, at).some((stmt) => {
    if (stmt.kind !== 'If') return false;
    const branch = isCreated(stmt.test) ? stmt.orelse : isNotCreated(stmt.test) ? stmt.body : [];
    return branch.some((inner) => inner.start <= at.start && at.end <= inner.end);
  });
}

function isNotCreated(test: Expr): boolean {
  return test.kind === 'UnaryOp' && test.op === 'not' && isCreated(test.operand);
}

/** True for `instance` of a receiver. */
export function isInstance(row: Expr): boolean {
  const owner = row.kind === 'Attribute' ? row.value : row;
  return owner.kind === 'Name' && owner.id === 'instance';
}

/** The models whose `post_save` a function receives; empty for other functions. */
function savedModels(graph: CallGraph, fn: FunctionInfo): readonly ClassInfo[] {
  if (!fn.params.some(({ name }) => name === 'instance') || !isReceiver(graph.sites, fn, AFTER_SAVE))
    return [];
  return parts(graph.program.infer.name('instance', fn, fn.span.end)).flatMap((type) =>
    type.t === 'row' ? (type.model.cls ?? []) : [],
  );
}

function writes(program: Program, receiver: Expr, fn: FunctionInfo, models: readonly ClassInfo[]): boolean {
  return parts(program.infer.expr(receiver, fn)).some((type) => {
    const model =
      type.t === 'row' ? type.model : type.t === 'manager' || type.t === 'queryset' ? type.rows.model : null;
    return model !== null && model.cls !== null && models.includes(model.cls);
  });
}
