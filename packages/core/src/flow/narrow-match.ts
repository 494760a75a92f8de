import { dottedName, type Match, type Stmt } from '../syntax/index.ts';
import type { NarrowExpr } from './narrow-expr.ts';
import { type Flow, join, type State } from './narrow-state.ts';

/** Walks the cases of a `match`: behind `case None` the subject is there, and a pattern without it finds it so. */
export function matched(
  stmt: Match,
  state: State,
  exprs: NarrowExpr,
  block: (body: readonly Stmt[], start: State) => Flow,
): Flow {
  exprs.eval(stmt.subject, state);
  const name = dottedName(stmt.subject);
  const before = state.tests;
  let rest = state.clone();
  rest.tests = [...before, stmt.subject];
  const ends: Flow[] = [];
  for (const item of stmt.cases) {
    let inside = rest.clone();
    if (name !== null && !item.none && !item.irrefutable) inside.check(name);
    for (const bound of item.binds) inside.bind(bound.id, null);
    if (item.guard !== null) inside = exprs.cond(item.guard, inside)[0];
    ends.push(block(item.body, inside));
    if (name !== null && item.none) {
      rest = rest.clone();
      rest.check(name);
    }
  }
  const exhaustive = stmt.cases.some((item) => item.irrefutable && item.guard === null);
  const after = join(exhaustive ? ends : [...ends, rest]);
  if (after !== null && !ends.includes(null)) after.tests = before;
  return after;
}
