import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type Call, type Expr, isNone } from '../syntax/index.ts';
import { type Fact, factOf } from './narrow-state.ts';

/** `next(iter(rows), None)` of a queryset: its first row, or None. */
export function nextRow(program: Program, call: Call, fn: FunctionInfo): Fact | null {
  const rows = iterated(call);
  if (rows === null) return null;
  const types = parts(program.infer.expr(rows, fn));
  const [type, other] = types;
  if (type?.t !== 'queryset' || other !== undefined || type.rows.model.name === null) return null;
  const chosen = type.rows.chain.some(({ method, call: { args } }) => method !== 'raw' && args.length > 0);
  return factOf(call, {
    call: rows.kind === 'Call' ? rows : null,
    by: 'query',
    method: 'next',
    model: type.rows.model.name,
    ofTable: !type.rows.related && !chosen,
    ofParent: type.rows.related && type.rows.manyToMany !== true && !chosen,
  });
}

/** What `next(iter(rows), None)` and `next(rows.iterator(), None)` go through. */
function iterated({ func, args }: Call): Expr | null {
  const [iter, fallback] = args;
  if (func.kind !== 'Name' || func.id !== 'next' || fallback === undefined || !isNone(fallback.value))
    return null;
  const inner = iter?.value;
  if (inner?.kind !== 'Call') return null;
  if (inner.func.kind === 'Attribute' && inner.func.attr === 'iterator') return inner.func.value;
  return inner.func.kind === 'Name' && inner.func.id === 'iter' ? (inner.args[0]?.value ?? null) : null;
}
