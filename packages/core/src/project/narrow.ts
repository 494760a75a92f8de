import {
  dottedName,
  eachExpr,
  type Expr,
  isComprehension,
  opensScope,
  type Stmt,
  stmtBlocks,
  walkExpr,
} from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';

/** A stretch in which `isinstance(path, classes)` is known to hold. */
export interface Narrowing {
  readonly start: number;
  readonly end: number;
  readonly classes: Expr;
}

export type Narrowings = ReadonlyMap<string, readonly Narrowing[]>;

const JUMPS: ReadonlySet<Stmt['kind']> = new Set(['Return', 'Raise', 'Continue', 'Break']);

/** What `isinstance` tells about names and attributes in the parts of a body, by dotted path. */
export function collectNarrowings(body: readonly Stmt[]): Narrowings {
  const out = new Map<string, Narrowing[]>();
  const add = (tests: readonly Test[], start: number, end: number): void => {
    for (const { path, classes } of tests) out.set(path, [...(out.get(path) ?? []), { start, end, classes }]);
  };
  const visit = (part: Expr): void => {
    if (part.kind === 'BoolOp' && part.op === 'and')
      add(holding(part.left), part.right.start, part.right.end);
    else if (part.kind === 'IfExp') add(holding(part.test), part.body.start, part.body.end);
    else if (isComprehension(part))
      add(
        part.generators.flatMap(({ ifs }) => ifs.flatMap(holding)),
        part.element.start,
        part.element.end,
      );
  };
  const below = (expr: Expr): void => walkExpr(expr, visit);
  const block = (stmts: readonly Stmt[]): void => {
    const end = stmts.at(-1)?.end ?? 0;
    for (const stmt of stmts) {
      eachExpr(stmt, below);
      if (stmt.kind === 'Assert') add(holding(stmt.test), stmt.end, end);
      if (stmt.kind === 'If' || stmt.kind === 'While')
        add(holding(stmt.test), stmt.body[0]?.start ?? stmt.end, stmt.body.at(-1)?.end ?? stmt.end);
      if (
        stmt.kind === 'If' &&
        stmt.test.kind === 'UnaryOp' &&
        stmt.test.op === 'not' &&
        JUMPS.has(stmt.body.at(-1)?.kind ?? 'Pass')
      ) {
        add(holding(stmt.test.operand), stmt.end, end);
      }
      if (!opensScope(stmt)) for (const inner of stmtBlocks(stmt)) block(inner);
    }
  };
  block(body);
  return out;
}

interface Test {
  readonly path: string;
  readonly classes: Expr;
}

/** The `isinstance` tests that hold when an expression is true. */
function holding(expr: Expr): Test[] {
  if (expr.kind === 'BoolOp' && expr.op === 'and') return [...holding(expr.left), ...holding(expr.right)];
  if (expr.kind !== 'Call' || expr.func.kind !== 'Name' || expr.func.id !== 'isinstance') return [];
  const [value, classes] = expr.args;
  const path = value === undefined ? null : dottedName(value.value);
  return path === null || classes === undefined ? [] : [{ path, classes: classes.value }];
}

/** The classes that a name or attribute is known to be of at its place; null when nothing is known, or it was bound again since. */
export function narrowedClasses(expr: Expr, fn: FunctionInfo): readonly Expr[] | null {
  if (fn.narrowings.size === 0) return null;
  const path = dottedName(expr);
  const inside =
    path === null
      ? []
      : (fn.narrowings.get(path) ?? []).filter(({ start, end }) => start <= expr.start && expr.start < end);
  const last = inside.at(-1);
  if (path === null || last === undefined) return null;
  const bindings = fn.scope.bindings.get(path.split('.', 1)[0] ?? path) ?? [];
  if (bindings.some(({ at }) => at.start >= last.start && at.start < expr.start)) return null;
  return last.classes.kind === 'Tuple' ? last.classes.elts : [last.classes];
}
