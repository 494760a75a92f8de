import { type FixRequest, opensScope, type Span, walkStmts } from '@danglint/core';
import { boundNames, namesIn } from '../../build/names.ts';
import type { Place } from '../place.ts';

/** The request without the keys that have another value, or none, where a guard stands: what is bound or deleted since the row was asked for. */
export function withKeysAt(request: FixRequest, { functions, stmt: at }: Place, fetched: Span): FixRequest {
  const gone = new Set<string>();
  walkStmts(
    functions.at(-1)?.body ?? [],
    (stmt) => {
      if (stmt.start < fetched.end || stmt.start >= at.start) return;
      for (const name of boundNames(stmt)) gone.add(name);
      const deleted = stmt.kind === 'Delete' ? stmt.targets : [];
      for (const target of deleted) if (target.kind === 'Name') gone.add(target.id);
    },
    (stmt) => !opensScope(stmt),
  );
  const { judgement } = request;
  const { call } = judgement.lookup;
  if (gone.size === 0 || call === null) return request;
  const args = call.args.filter(({ value }) => ![...namesIn(value)].some((name) => gone.has(name)));
  return {
    ...request,
    judgement: { ...judgement, lookup: { ...judgement.lookup, call: { ...call, args } } },
  };
}
