import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { reachedBack } from './reached-back.ts';
import { relationByCallers } from './relation-by-callers.ts';
import { relationByView } from './relation-by-view.ts';
import type { Guard } from './verdict.ts';

/** Why the row behind a relation is there, as code outside the function that reads it says; null when none does. */
export function sureRelation(graph: CallGraph, found: FoundLookup): Guard | null {
  return reachedBack(graph, found) ?? relationByCallers(graph, found) ?? relationByView(graph.program, found);
}
