import { type CallSite, type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { atomicRequests } from './atomic-requests.ts';
import type { CallGraph } from './call-graph.ts';
import { type OpenTransaction, ownTransaction } from './open-transaction.ts';
import { isConnected, namesSignal } from './signals.ts';
import { isTestCode } from './test-code.ts';
import { testedAt } from './tested.ts';

const AFTER_SAVE = /^post_save$/;

/** Calls that write a new row, and send `post_save` before they return. */
const CREATES = ['create', 'get_or_create', 'update_or_create'];

/**
 * The transaction in which code of the program writes rows that a `post_save` receiver is handed, or that is open around every
 * request: the receiver runs in it. What stands behind a test of `created` is about new rows. Null for other functions, and where no
 * transaction is in sight.
 */
export function transactionOfSave(
  graph: CallGraph,
  { expr: at, place: { fn } }: CallSite,
): OpenTransaction | null {
  const { program } = graph;
  const models = savedModels(graph, fn);
  if (models.length === 0) return null;
  const isCreated = (part: Expr): boolean => part.kind === 'Name' && part.id === 'created';
  const wanted = testedAt(fn.body, at, isCreated) === null ? [...CREATES, 'save'] : CREATES;
  for (const name of wanted)
    for (const { expr, place } of graph.sites.calls(name)) {
      if (expr.func.kind !== 'Attribute' || place.deferred !== null || isTestCode(place.fn.path)) continue;
      const open = ownTransaction(program, place);
      if (open !== null && writes(program, expr.func.value, place.fn, models))
        return { ...open, opener: place.fn.qualname };
    }
  const request = atomicRequests(program);
  return request === null ? null : { at: request, opener: null, byRequest: true };
}

/** True for `instance` of a receiver. */
export function isInstance(row: Expr): boolean {
  const owner = row.kind === 'Attribute' ? row.value : row;
  return owner.kind === 'Name' && owner.id === 'instance';
}

/** The models whose `post_save` a function receives; empty for other functions. */
function savedModels(graph: CallGraph, fn: FunctionInfo): readonly ClassInfo[] {
  if (!fn.params.some(({ name }) => name === 'instance') || !isAfterSave(graph, fn)) return [];
  return parts(graph.program.infer.name('instance', fn, fn.span.end)).flatMap((type) =>
    type.t === 'row' ? (type.model.cls ?? []) : [],
  );
}

/** Connected by its decorator, or by `post_save.connect(...)`. */
function isAfterSave(graph: CallGraph, fn: FunctionInfo): boolean {
  return (
    isConnected(fn, AFTER_SAVE) ||
    graph.sites
      .references(fn.name)
      .some(({ argumentOf }) => argumentOf !== null && namesSignal(argumentOf.func, AFTER_SAVE))
  );
}

function writes(program: Program, receiver: Expr, fn: FunctionInfo, models: readonly ClassInfo[]): boolean {
  return parts(program.infer.expr(receiver, fn)).some((type) => {
    const model =
      type.t === 'row' ? type.model : type.t === 'manager' || type.t === 'queryset' ? type.rows.model : null;
    return model !== null && model.cls !== null && models.includes(model.cls);
  });
}
