import { ORIGIN_ORDER } from './origin-order.ts';
import type { Tracer } from './origin-trail.ts';
import type { Origin, OriginKind } from './verdict.ts';

type Known = Pick<Tracer, 'targets' | 'values' | 'listed'>;

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

/** Several keys name a row that is there when all of them do; ids that were listed a moment ago go with the others. */
function agreeOnRow({ targets, listed }: Known, first: Origin, other: Origin): void {
  const one = targets.get(first) ?? listed.get(first);
  const two = targets.get(other) ?? listed.get(other);
  const sure = targets.get(first) ?? targets.get(other);
  if (one === undefined || one.key !== two?.key) {
    targets.delete(first);
    listed.delete(first);
  } else if (sure !== undefined) targets.set(first, sure);
}

function agreeOnValue({ values }: Known, first: Origin, other: Origin): void {
  const [one, two] = [values.get(first), values.get(other)];
  if (one === undefined || two === undefined || one.model.key !== two.model.key || one.column !== two.column)
    values.delete(first);
}
