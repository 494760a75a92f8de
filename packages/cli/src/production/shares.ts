import type { Issue } from './issue.ts';
import { bestPlaces, type Place } from './match.ts';

/** What production says of one finding. */
export interface ProductionShare {
  readonly events: number;
  readonly users: number;
  readonly issues: readonly string[];
  /** True when an issue fits other findings as well: its counts are divided evenly. */
  readonly split: boolean;
}

/** Issues, divided among the places they fit. */
export interface Shares<P extends Place> {
  readonly of: ReadonlyMap<P, ProductionShare>;
  readonly unmatched: readonly Issue[];
  /** Issues that fit several places. */
  readonly divided: number;
}

/** Each issue counts once: for its best place, or in equal parts for all of them. */
export function sharesOf<P extends Place>(issues: readonly Issue[], places: readonly P[]): Shares<P> {
  const of = new Map<P, ProductionShare>();
  const unmatched: Issue[] = [];
  let divided = 0;
  for (const issue of issues) {
    const match = bestPlaces(issue, places);
    if (match === null) {
      unmatched.push(issue);
      continue;
    }
    const n = match.places.length;
    if (n > 1) divided++;
    for (const [i, place] of match.places.entries()) {
      const before = of.get(place) ?? { events: 0, users: 0, issues: [], split: false };
      of.set(place, {
        events: before.events + part(issue.events, n, i),
        users: before.users + part(issue.users, n, i),
        issues: [...before.issues, issue.shortId],
        split: before.split || n > 1,
      });
    }
  }
  return { of, unmatched, divided };
}

/** Equal parts that add up. */
function part(total: number, n: number, i: number): number {
  return Math.floor(total / n) + (i < total % n ? 1 : 0);
}
