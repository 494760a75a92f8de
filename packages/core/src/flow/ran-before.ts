import type { CallSite, CodeSite, FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Assign,
  type Attribute,
  dottedName,
  type Expr,
  opensScope,
  type Stmt,
  stmtBlocks,
  walkStmts,
} from '../syntax/index.ts';

/** The statements that always ran before a place: those before it in its own block and in the blocks around. */
export function ranBefore(body: readonly Stmt[], at: Expr): Stmt[] {
  const out: Stmt[] = [];
  for (const stmt of body) {
    if (stmt.end <= at.start) out.push(stmt);
    else if (stmt.start <= at.start)
      for (const block of stmtBlocks(stmt)) if (holds(block, at)) out.push(...ranBefore(block, at));
  }
  return out;
}

/** The calls in what always ran before a place. */
export function callsBefore(
  sites: readonly CodeSite[],
  body: readonly Stmt[],
  at: Expr,
): readonly CallSite[] {
  const before = ranBefore(body, at);
  return sites.filter(
    (site): site is CallSite =>
      site.kind === 'call' &&
      before.some(({ start, end }) => start <= site.expr.start && site.expr.end <= end),
  );
}

function holds(block: readonly Stmt[], at: Expr): boolean {
  return (block[0]?.start ?? at.end) <= at.start && at.end <= (block.at(-1)?.end ?? 0);
}

const assigned = new WeakMap<FunctionInfo, ReadonlyMap<string, readonly Assign[]>>();

/** The value that the one assignment `row.column = value` before a read of it gave; null when there is none, or more than one. */
export function setBefore(fn: FunctionInfo, read: Attribute): Expr | null {
  const name = dottedName(read);
  const all = name === null ? [] : (attributesOf(fn).get(name) ?? []);
  const [only, other] = all.filter((stmt) => stmt.end <= read.start);
  if (only === undefined || other !== undefined || !ranBefore(fn.body, read).includes(only)) return null;
  const root = name?.split('.', 1)[0] ?? '';
  const rebound = reaching(fn.scope.bindings.get(root) ?? [], read.start).some(
    ({ at }) => at.start > only.start,
  );
  return rebound ? null : only.value;
}

function attributesOf(fn: FunctionInfo): ReadonlyMap<string, readonly Assign[]> {
  const known = assigned.get(fn);
  if (known !== undefined) return known;
  const out = new Map<string, Assign[]>();
  const visit = (stmt: Stmt): void => {
    if (stmt.kind !== 'Assign') return;
    for (const target of stmt.targets) {
      const name = target.kind === 'Attribute' ? dottedName(target) : null;
      if (name !== null) out.set(name, [...(out.get(name) ?? []), stmt]);
    }
  };
  walkStmts(fn.body, visit, (stmt) => !opensScope(stmt));
  assigned.set(fn, out);
  return out;
}
