import { dottedName, type Expr, isNone, type Stmt } from '../syntax/index.ts';
import { targetsIn } from './beside.ts';
import type { Fact, State } from './narrow-state.ts';
import { isBool } from './narrow-words.ts';

/**
 * `if row: found = True`: what the branch of a test sets for a value that is there, or for one that is not, tells of it from there on,
 * so that `if not found:` is a check as well.
 */
export function flag(
  [yes, no]: readonly [ReadonlySet<Fact>, ReadonlySet<Fact>],
  [body, orelse]: readonly [readonly Stmt[], readonly Stmt[]],
  after: State,
): void {
  for (const fact of new Set([...yes, ...no])) {
    if (yes.has(fact) && no.has(fact)) continue;
    const there = yes.has(fact);
    const flags = new Map(fact.flags);
    for (const name of setOnlyIn(body, orelse)) flags.set(name, there);
    for (const name of setOnlyIn(orelse, body)) flags.set(name, !there);
    const names = [...after.facts].flatMap(([name, one]) => (one === fact ? [name] : []));
    if (flags.size > fact.flags.size) for (const name of names) after.facts.set(name, { ...fact, flags });
  }
}

/** The names that a branch sets, and the other one never: what both set tells nothing. */
function setOnlyIn(branch: readonly Stmt[], other: readonly Stmt[]): readonly string[] {
  const names = branch.flatMap(targets);
  const both = names.length === 0 ? [] : targetsIn(other);
  return names.filter((name) => !both.includes(name));
}

/** The plain names that a statement of a branch sets. */
function targets(stmt: Stmt): readonly string[] {
  return stmt.kind === 'Assign'
    ? stmt.targets.flatMap((target) => (target.kind === 'Name' ? target.id : []))
    : [];
}

/** Values whose flag a test asks about are there on the side that says so; a comparison that is not understood says so on both. */
export function settleFlagged(test: Expr, yes: State, no: State): [State, State] {
  const flagged = yes.facts.size === 0 ? [] : [...yes.facts.values()].filter(({ flags }) => flags.size > 0);
  if (flagged.length === 0) return [yes, no];
  const [left, right] = test.kind === 'Compare' ? test.operands : [test];
  const name = left === undefined ? null : dottedName(left);
  const truth = test.kind === 'Compare' ? truthOf(test.ops[0] ?? '', right) : true;
  for (const fact of flagged) {
    const there = name === null ? undefined : fact.flags.get(name);
    if (there === undefined) continue;
    if (truth !== !there) yes.settle(fact);
    if (truth !== there) no.settle(fact);
  }
  return [yes, no];
}

/** What a comparison that holds says of its left side: true, false, or nothing. */
function truthOf(op: string, right: Expr | undefined): boolean | null {
  if (right === undefined) return null;
  const same = op === 'is' || op === '==';
  if (!same && op !== 'is not' && op !== '!=') return null;
  if (isNone(right) || isBool(right, 'False')) return !same;
  return isBool(right, 'True') ? same : null;
}
