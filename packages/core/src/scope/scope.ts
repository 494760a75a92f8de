import type { Param, Stmt } from '../syntax/index.ts';
import type { Scope } from './bindings.ts';
import { type Binder, Collector } from './collect.ts';
import { NameFlow } from './flow.ts';

/**
 * Collects the bindings of a body; nested functions and classes are bound by name and not entered. `binders`: the body's own
 * lambdas, comprehensions and `:=`, outer ones first, for callers that know them; expressions are not walked then.
 */
export function buildScope(
  body: readonly Stmt[],
  params: readonly Param[] = [],
  binders: readonly Binder[] | null = null,
): Scope {
  const collected = new Collector();
  collected.params(params);
  const known = binders?.some(({ kind }) => kind === 'NamedExpr') === true ? null : binders;
  collected.block(body, known === null);
  for (const binder of known ?? []) if (binder.kind !== 'NamedExpr') collected.inside(binder);
  new NameFlow(collected).run(params, body);
  return collected.scope();
}
