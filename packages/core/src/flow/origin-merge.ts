import { ORIGIN_ORDER } from './origin-order.ts';
import type { Tracer } from './origin-trail.ts';
import type { Origin, OriginKind } from './verdict.ts';

type Known = Pick<Tracer, 'targets' | 'values'>;

/** One origin of each kind, most dangerous first. What is known of it holds for all of its kind. */
export function oneOfEach(t: Known, found: readonly Origin[]): readonly Origin[] {
  const byKind = new Map<OriginKind, Origin>();
  for (const origin of found) {
    const first = byKind.get(origin.kind);
    if (first === undefined) byKind.set(origin.kind, origin);
    else {
      agreeOnRow(t, first, origin);
      agreeOnValue(t, first, origin);
    }
  }
  return [...byKind.values()].sort((a, b) => ORIGIN_ORDER.indexOf(a.kind) - ORIGIN_ORDER.indexOf(b.kind));
}

/** Several keys name a row that is there when all of them do: ids that were listed before may be gone when their turn comes. */
function agreeOnRow({ targets }: Known, first: Origin, other: Origin): void {
  if (targets.get(first)?.key !== targets.get(other)?.key) targets.delete(first);
}

function agreeOnValue({ values }: Known, first: Origin, other: Origin): void {
  const [one, two] = [values.get(first), values.get(other)];
  if (one === undefined || two === undefined || one.model.key !== two.model.key || one.column !== two.column)
    values.delete(first);
}
