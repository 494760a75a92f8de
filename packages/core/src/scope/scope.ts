import type { Param, Stmt } from '../syntax/index.ts';
import type { Scope } from './bindings.ts';
import { Collector } from './collect.ts';
import { NameFlow } from './flow.ts';

/** Collects the bindings of a body; nested functions and classes are bound by name and not entered. */
export function buildScope(body: readonly Stmt[], params: readonly Param[] = []): Scope {
  const collected = new Collector();
  collected.params(params);
  collected.block(body);
  new NameFlow(collected).run(params, body);
  const { bindings, stars, globals, nonlocals, inner } = collected;
  return { bindings, stars, globals, nonlocals, inner };
}
