import { dottedName, type Expr, type Span, type Stmt, walkExpr } from '@danglint/core';
import type { Place } from './place.ts';

/** A lookup whose value is asked for being there: the code around it has its own answer for None. */
export interface Tested {
  /** Where the row is known to be there. */
  readonly present: readonly Span[];
}

/** What is known of a value where a test holds: `there`, `none`, or nothing. */
type Sense = 'there' | 'none' | 'open';

/**
 * Reads how the value of a lookup is tested: `if order.customer:`, `if not line.gift`, `x if x.rel is not None else y`,
 * `x.rel and x.rel.name`. Null where it is used for anything else.
 */
export function testedAt({ path, value, stmt, block }: Place): Tested | null {
  const present: Span[] = [];
  let sense: Sense = 'there';
  let tested = false;
  let i = path.indexOf(value);
  if (path[i - 1]?.kind === 'NamedExpr') i--;
  for (let child = path[i]; child !== undefined; child = path[i]) {
    const parent = path[--i];
    if (parent === undefined) return byStatement(stmt, block, child, sense, present, tested);
    if (parent.kind === 'UnaryOp' && parent.op === 'not') sense = turned(sense);
    else if (parent.kind === 'Compare' && isNoneTest(parent, child)) {
      if (child !== value && child.kind !== 'NamedExpr') return null;
      if (parent.ops[0] === 'is' || parent.ops[0] === '==') sense = turned(sense);
    } else if (parent.kind === 'BoolOp') {
      const kept: Sense = parent.op === 'and' ? 'there' : 'none';
      if (parent.left === child) {
        tested ||= parent.op === 'or' && sense === 'there';
        if (sense === 'there' && parent.op === 'and') present.push(parent.right);
        if (sense === 'none' && parent.op === 'or') present.push(parent.right);
      }
      if (sense !== kept) sense = 'open';
    } else if (parent.kind === 'IfExp' && parent.test === child) {
      if (sense === 'there') present.push(parent.body);
      if (sense === 'none') present.push(parent.orelse);
      return { present };
    } else return tested ? { present } : null;
  }
  return null;
}

/** Why a read waits for another one: the test in front of it asks for the same relation. */
export function testedBefore({ path, node }: Place): string | null {
  const relation = node.kind === 'Attribute' ? dottedName(node) : null;
  if (relation === null) return null;
  const asked = path.some((outer, i) => {
    const child = path[i + 1];
    const test = outer.kind === 'IfExp' ? outer.test : outer.kind === 'BoolOp' ? outer.left : null;
    return test !== null && test !== child && reads(test, relation);
  });
  return asked ? 'the test before it asks for the same relation' : null;
}

function reads(expr: Expr, relation: string): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    found ||= part.kind === 'Attribute' && dottedName(part) === relation;
  });
  return found;
}

function turned(sense: Sense): Sense {
  if (sense === 'open') return 'open';
  return sense === 'there' ? 'none' : 'there';
}

function isNoneTest({ operands, ops }: Extract<Expr, { kind: 'Compare' }>, child: Expr): boolean {
  const [left, right] = operands;
  const none = right?.kind === 'Constant' && right.type === 'none';
  return ops.length === 1 && left === child && none && /^(?:is|is not|==|!=)$/.test(ops[0] ?? '');
}

function byStatement(
  stmt: Stmt,
  block: readonly Stmt[],
  test: Expr,
  sense: Sense,
  present: Span[],
  tested: boolean,
): Tested | null {
  if (stmt.kind === 'While' && stmt.test === test)
    return { present: [...present, ...(sense === 'there' ? stmt.body : [])] };
  if (stmt.kind !== 'If' || stmt.test !== test) return tested ? { present } : null;
  if (sense === 'there') return { present: [...present, ...stmt.body, ...after(stmt.orelse, stmt, block)] };
  if (sense === 'open') return { present };
  return { present: [...present, ...stmt.orelse, ...after(stmt.body, stmt, block)] };
}

/** What follows a branch that leaves: it runs only where the other one did. */
function after(branch: readonly Stmt[], stmt: Stmt, block: readonly Stmt[]): readonly Stmt[] {
  const last = branch.at(-1)?.kind;
  const leaves = last === 'Return' || last === 'Raise' || last === 'Continue' || last === 'Break';
  return leaves ? block.slice(block.indexOf(stmt) + 1) : [];
}
