import type { Offset } from '../../text/index.ts';
import type { Expr } from '../expr.ts';
import type { Jump, ScopeDecl, Stmt } from '../stmt.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import { parseFrom, parseImport } from './imports.ts';
import { checkDeleted, checkSingleTarget, checkTarget } from './target.ts';
import * as t from './token.ts';
import { parseTypeAlias } from './type-parameters.ts';

/** A statement without a block, up to the `;` or the line end behind it. */
export function parseSimple(p: ExpressionParser): Stmt {
  const start = p.start;
  switch (p.kind) {
    case t.NAME:
      return (p.isName('type') ? parseTypeAlias(p) : null) ?? expressionStatement(p);
    case t.RETURN: {
      p.advance();
      const value = p.startsExpression() ? p.list() : null;
      return { kind: 'Return', start, end: p.lastEnd, value };
    }
    case t.RAISE:
      return raise(p, start);
    case t.IMPORT:
      return parseImport(p);
    case t.FROM:
      return parseFrom(p);
    case t.PASS:
      return jump(p, 'Pass');
    case t.BREAK:
      return jump(p, 'Break');
    case t.CONTINUE:
      return jump(p, 'Continue');
    case t.DEL:
      return deletion(p, start);
    case t.ASSERT:
      return assertion(p, start);
    case t.GLOBAL:
      return scopeDecl(p, 'Global');
    case t.NONLOCAL:
      return scopeDecl(p, 'Nonlocal');
    default:
      return expressionStatement(p);
  }
}

function jump(p: ExpressionParser, kind: Jump['kind']): Stmt {
  const { start, end } = p;
  p.advance();
  return { kind, start, end };
}

function raise(p: ExpressionParser, start: Offset): Stmt {
  p.advance();
  const exc = p.startsExpression() ? p.expression() : null;
  const cause = exc !== null && p.eat(t.FROM) ? p.expression() : null;
  return { kind: 'Raise', start, end: p.lastEnd, exc, cause };
}

function assertion(p: ExpressionParser, start: Offset): Stmt {
  p.advance();
  const test = p.expression();
  const msg = p.eat(t.COMMA) ? p.expression() : null;
  return { kind: 'Assert', start, end: p.lastEnd, test, msg };
}

function deletion(p: ExpressionParser, start: Offset): Stmt {
  p.advance();
  const targets = [checkDeleted(p.primary())];
  while (p.eat(t.COMMA) && p.startsExpression()) targets.push(checkDeleted(p.primary()));
  return { kind: 'Delete', start, end: p.lastEnd, targets };
}

function scopeDecl(p: ExpressionParser, kind: ScopeDecl['kind']): Stmt {
  const start = p.start;
  p.advance();
  const names = [p.takeName()];
  while (p.eat(t.COMMA)) names.push(p.takeName());
  return { kind, start, end: p.lastEnd, names };
}

/** An expression, or an assignment of any kind. */
function expressionStatement(p: ExpressionParser): Stmt {
  const start = p.start;
  const print = p.isName('print');
  const value = p.listOrYield();
  switch (p.kind) {
    case t.EQUAL:
      return assignment(p, start, value);
    case t.COLON:
      return annotated(p, start, value);
    case t.AUGMENTED: {
      const target = checkSingleTarget(value);
      p.advance();
      const operand = p.listOrYield();
      return { kind: 'AugAssign', start, end: p.lastEnd, target, value: operand };
    }
    default:
      if (print && isPrintTo(value)) giveUp();
      return { kind: 'ExprStmt', start, end: p.lastEnd, value };
  }
}

/** `print >>file, x` of Python 2 is an expression to Python 3 as well. */
function isPrintTo(value: Expr): boolean {
  const first = value.kind === 'Tuple' ? value.elts[0] : value;
  return first?.kind === 'BinOp' && first.op === '>>' && first.left.kind === 'Name';
}

function assignment(p: ExpressionParser, start: Offset, first: Expr): Stmt {
  const targets = [checkTarget(first)];
  p.advance();
  let value = p.listOrYield();
  while (p.eat(t.EQUAL)) {
    targets.push(checkTarget(value));
    value = p.listOrYield();
  }
  return { kind: 'Assign', start, end: p.lastEnd, targets, annotation: null, value };
}

function annotated(p: ExpressionParser, start: Offset, target: Expr): Stmt {
  const targets = [checkSingleTarget(target)];
  p.advance();
  const annotation = p.expression();
  const value = p.eat(t.EQUAL) ? p.listOrYield() : null;
  return { kind: 'Assign', start, end: p.lastEnd, targets, annotation, value };
}
