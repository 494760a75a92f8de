import { parts, type Place, type Program } from '../project/index.ts';
import { enclosingStmts, type Expr, type Stmt, stmtBlocks, walkExpr } from '../syntax/index.ts';

/** Names of members that say whether a row is new, not what kind of row it is. */
const NEWNESS = /^_|(^|_)(new|created?|adding)(_|$)/;

/** True for code that only some rows of its function's model come to: a test before it reads a column of the row, `instance.kind == "buyer"`. */
export function onlyForSome(program: Program, place: Place): boolean {
  const way = enclosingStmts(place.fn.body, place.stmt);
  return way.some((stmt, i) => {
    const outer = way[i - 1];
    const block = outer === undefined ? place.fn.body : stmtBlocks(outer).find((body) => body.includes(stmt));
    const left = (block ?? []).some(
      (other) =>
        other.kind === 'If' &&
        other.start < stmt.start &&
        other !== stmt &&
        leavesEarly(other.body) &&
        readsColumn(program, other.test, place),
    );
    return left || (stmt.kind === 'If' && stmt !== place.stmt && readsColumn(program, stmt.test, place));
  });
}

export function leavesEarly(body: readonly Stmt[]): boolean {
  return body.at(-1)?.kind === 'Return';
}

/** A column of a row, its keys aside, or a method or property of its class. */
function readsColumn(program: Program, test: Expr, { fn }: Place): boolean {
  let found = false;
  walkExpr(test, (part) => {
    if (part.kind !== 'Attribute' || NEWNESS.test(part.attr)) return;
    for (const type of parts(program.infer.expr(part.value, fn))) {
      if (type.t !== 'row' || type.model.cls === null) continue;
      const field = program.models.field(type.model.cls, part.attr);
      const member = program.hierarchy.member(type.model.cls, part.attr);
      found ||= field === null ? member?.method != null : !field.primaryKey;
    }
  });
  return found;
}
