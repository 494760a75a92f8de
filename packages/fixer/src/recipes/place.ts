import {
  enclosingStmts,
  type Expr,
  type FixRequest,
  type For,
  type FunctionDef,
  type Name,
  type Span,
  type Stmt,
  type While,
} from '@danglint/core';
import { blockOf, lineOf, loopOf } from './line.ts';
import { hoistBarrier } from './order.ts';
import { pathTo } from './path.ts';

/** What the statement does with the row. `value` is the lookup, its `await` included. */
export type Position =
  | { readonly kind: 'assign'; readonly target: Name }
  | { readonly kind: 'store' } // annotated, attribute, subscript and several targets
  | { readonly kind: 'return' }
  | { readonly kind: 'statement' }
  /** Inside a bigger expression; `barrier` says why it cannot be evaluated before it. */
  | { readonly kind: 'inner'; readonly barrier: string | null };

/** Where a lookup stands, in terms of the text that a fix writes. */
export interface Place {
  /** The statement that holds the lookup, and those around it, outermost first. */
  readonly stmt: Stmt;
  readonly around: readonly Stmt[];
  /** The statements of the block that `stmt` stands in. */
  readonly block: readonly Stmt[];
  readonly functions: readonly FunctionDef[];
  /** The loop whose body holds the lookup, inside the innermost function. */
  readonly loop: For | While | null;
  readonly path: readonly Expr[];
  readonly node: Expr;
  readonly value: Expr;
  readonly position: Position;
  readonly indent: string;
  readonly unit: string;
  /** Start of the statement's line break and indentation to be written first: the statement stands behind `if x:`. */
  readonly inlineAfter: number | null;
}

export type Found = { readonly place: Place } | { readonly reason: string };

/** Finds the statement around a lookup; a reason where no statement can be written before or around it. */
export function placeOf(request: FixRequest): Found {
  const { call, span } = request.judgement.lookup;
  return placeAt(request, call ?? span, call !== null);
}

/** The same for an expression at a place. */
export function placeAt(
  { source, facts }: Pick<FixRequest, 'source' | 'facts'>,
  at: Span,
  call = false,
): Found {
  const chain = enclosingStmts(facts.body, at);
  const stmt = chain.at(-1);
  const path = stmt === undefined ? null : pathTo(stmt, at, call);
  const node = path?.at(-1);
  if (stmt === undefined || path === null || node === undefined)
    return { reason: 'the statement around the lookup was not found' };
  const around = chain.slice(0, -1);
  if (facts.syntaxErrors.some((fault) => fault.start < stmt.end && stmt.start < fault.end))
    return { reason: 'the code around the lookup is not valid Python' };
  const block = blockOf(around.at(-1), stmt, facts.body);
  const line = lineOf(source.text, facts.body, stmt, around.at(-1), block);
  if ('reason' in line) return line;
  const above = path.at(-2);
  const value = above?.kind === 'Await' ? above : node;
  const functions = around.filter((outer) => outer.kind === 'FunctionDef');
  const position = positionOf(stmt, path.slice(0, path.indexOf(value) + 1), value);
  return {
    place: {
      stmt,
      around,
      block,
      functions,
      loop: loopOf(around, stmt),
      path,
      node,
      value,
      position,
      ...line,
    },
  };
}

function positionOf(stmt: Stmt, path: readonly Expr[], value: Expr): Position {
  if (stmt.kind === 'Return' && stmt.value === value) return { kind: 'return' };
  if (stmt.kind === 'ExprStmt' && stmt.value === value) return { kind: 'statement' };
  if (stmt.kind === 'Assign' && stmt.value === value) {
    const [target] = stmt.targets;
    const plain = stmt.targets.length === 1 && stmt.annotation === null && target?.kind === 'Name';
    return plain ? { kind: 'assign', target } : { kind: 'store' };
  }
  return { kind: 'inner', barrier: hoistBarrier(stmt, path) };
}
