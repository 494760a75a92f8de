import { offset, type Offset } from '../../text/index.ts';
import type { Expr, UnaryOp } from '../expr.ts';
import { fitted } from '../fitted.ts';
import { parseArguments } from './arguments.ts';
import { parseAtom } from './atom.ts';
import { giveUp } from './give-up.ts';
import { parseLambda } from './parameters.ts';
import { Scanner } from './scanner.ts';
import { parseSubscript } from './subscript.ts';
import * as t from './token.ts';

/** Nesting of brackets, signs and the like that is followed. CPython's own limit for brackets is 200. */
const MAX_NEST = 100;
/** Bound for the height of an expression: its nesting times its longest chain of operators or calls. */
const MAX_HEIGHT = 700;

/** Reads expressions by precedence climbing. Spans of operators include the brackets around their operands, as CPython's do. */
export class ExpressionParser extends Scanner {
  /** Set by `yield`: the function around it is a generator. */
  sawYield = false;
  private nest = 0;
  private deepest = 0;
  private longest = 0;

  enter(): void {
    if (++this.nest > this.deepest) {
      this.deepest = this.nest;
      if (this.nest > MAX_NEST) giveUp();
    }
  }

  leave(): void {
    this.nest--;
  }

  /** Notes how many nodes stand one in the other on the left. */
  chain(length: number): void {
    if (length > this.longest) this.longest = length;
  }

  /** Asked after each expression of a statement: gives up on heights on which recursion could fail. */
  checkHeight(): void {
    if ((this.deepest + 1) * this.longest > MAX_HEIGHT) giveUp();
    this.deepest = 0;
    this.longest = 0;
  }

  /** Leaves every expression that was given up on the way. */
  leaveAll(): void {
    this.nest = 0;
    this.deepest = 0;
    this.longest = 0;
  }

  startsExpression(): boolean {
    return t.STARTS_EXPRESSION[this.kind] === 1;
  }

  /** A conditional expression, a lambda, or anything that binds tighter. */
  expression(): Expr {
    if (this.kind === t.LAMBDA) return parseLambda(this);
    const start = this.start;
    const body = this.operators(t.OR_POWER);
    if (this.kind !== t.IF) return body;
    this.advance();
    const test = this.operators(t.OR_POWER);
    this.expect(t.ELSE);
    this.enter();
    const orelse = this.expression();
    this.leave();
    return { kind: 'IfExp', start, end: this.lastEnd, test, body, orelse };
  }

  /** An expression, or `name := value`. */
  named(): Expr {
    const start = this.start;
    const target = this.expression();
    if (this.kind !== t.WALRUS) return target;
    if (target.kind !== 'Name' || target.start !== start || target.end !== this.lastEnd) return giveUp();
    this.advance();
    const value = this.expression();
    return { kind: 'NamedExpr', start, end: this.lastEnd, target, value };
  }

  /** `*value`, or what `named` reads. */
  starOrNamed(): Expr {
    return this.kind === t.STAR ? this.starred() : this.named();
  }

  private starOrExpression(): Expr {
    return this.kind === t.STAR ? this.starred() : this.expression();
  }

  private starred(): Expr {
    const start = this.start;
    this.advance();
    const value = this.operators(t.BITOR_POWER);
    return { kind: 'Starred', start, end: this.lastEnd, value };
  }

  /** One expression, or a tuple of several without brackets. One alone may not be starred, though `ast.parse` lets it pass. */
  list(): Expr {
    const start = this.start;
    const first = this.starOrExpression();
    if (this.kind !== t.COMMA) return first.kind === 'Starred' ? giveUp() : first;
    const elts = [first];
    while (this.eat(t.COMMA) && this.startsExpression()) elts.push(this.starOrExpression());
    return { kind: 'Tuple', start, end: this.lastEnd, elts: fitted(elts) };
  }

  /** `yield`, or what `list` reads. */
  listOrYield(): Expr {
    return this.kind === t.YIELD ? this.yielded() : this.list();
  }

  yielded(): Expr {
    const start = this.start;
    this.sawYield = true;
    this.advance();
    const from = this.eat(t.FROM);
    const value = from ? this.expression() : this.startsExpression() ? this.list() : null;
    return { kind: 'Yield', start, end: this.lastEnd, value, from };
  }

  /** Operands and operators that bind at least as tight as `power`. */
  operators(power: number): Expr {
    const start = this.start;
    let left = this.operand(power);
    for (let length = 0; ; length++) {
      const kind = this.kind;
      const own = t.POWERS[kind] ?? 0;
      if (own < power) {
        this.chain(length);
        return left;
      }
      if (own === t.COMPARE_POWER) left = this.comparison(start, left);
      else left = this.binary(start, left, kind, own);
    }
  }

  private binary(start: Offset, left: Expr, kind: number, power: number): Expr {
    this.advance();
    if (power === t.POWER_POWER) {
      this.enter();
      const right = this.operators(t.UNARY_POWER);
      this.leave();
      return { kind: 'BinOp', start, end: this.lastEnd, op: '**', left, right };
    }
    const right = this.operators(power + 1);
    if (power > t.AND_POWER)
      return { kind: 'BinOp', start, end: this.lastEnd, op: t.OPERATORS[kind] ?? '', left, right };
    return { kind: 'BoolOp', start, end: this.lastEnd, op: kind === t.OR ? 'or' : 'and', left, right };
  }

  private comparison(start: Offset, left: Expr): Expr {
    const op = this.comparisonOperator();
    const right = this.operators(t.BITOR_POWER);
    if (t.POWERS[this.kind] !== t.COMPARE_POWER)
      return { kind: 'Compare', start, end: this.lastEnd, operands: [left, right], ops: [op] };
    const operands = [left, right];
    const ops = [op];
    while (t.POWERS[this.kind] === t.COMPARE_POWER) {
      ops.push(this.comparisonOperator());
      operands.push(this.operators(t.BITOR_POWER));
    }
    return { kind: 'Compare', start, end: this.lastEnd, operands, ops };
  }

  private comparisonOperator(): string {
    const kind = this.kind;
    this.advance();
    if (kind === t.IS) return this.eat(t.NOT) ? 'is not' : 'is';
    if (kind !== t.NOT) return t.OPERATORS[kind] ?? '';
    this.expect(t.IN);
    return 'not in';
  }

  private operand(power: number): Expr {
    switch (this.kind) {
      case t.NOT:
        return power > t.NOT_POWER ? giveUp() : this.unary('not', t.NOT_POWER);
      case t.MINUS:
        return this.unary('-', t.UNARY_POWER);
      case t.PLUS:
        return this.unary('+', t.UNARY_POWER);
      case t.TILDE:
        return this.unary('~', t.UNARY_POWER);
      case t.AWAIT: {
        const start = this.start;
        this.advance();
        const value = this.primary();
        return { kind: 'Await', start, end: this.lastEnd, value };
      }
      default:
        return this.primary();
    }
  }

  private unary(op: UnaryOp['op'], power: number): Expr {
    const start = this.start;
    this.advance();
    this.enter();
    const operand = this.operators(power);
    this.leave();
    return { kind: 'UnaryOp', start, end: this.lastEnd, op, operand };
  }

  /** An atom with the attributes, calls and subscripts behind it. */
  primary(): Expr {
    const start = this.start;
    let expr = parseAtom(this);
    for (let length = 0; ; length++) {
      if (this.kind === t.DOT) {
        this.advance();
        const attr = this.takeName();
        expr = { kind: 'Attribute', start, end: this.lastEnd, value: expr, attr };
      } else if (this.kind === t.LPAR) {
        const args = parseArguments(this);
        expr = { kind: 'Call', start, end: this.lastEnd, func: expr, args };
      } else if (this.kind === t.LSQB) {
        const index = parseSubscript(this);
        expr = { kind: 'Subscript', start, end: this.lastEnd, value: expr, index };
      } else {
        this.chain(length);
        return expr;
      }
    }
  }

  /** True when the current name is followed by a single `=` on its line. */
  beforeEqual(): boolean {
    let pos: number = this.end;
    while (this.at(pos) === 32) pos++;
    return this.at(pos) === 61 && this.at(pos + 1) !== 61;
  }

  /** Steps to an offset that was read by other means; the token there is read by the next `advance`. */
  jump(pos: number, kind: number): void {
    this.kind = kind;
    this.end = offset(pos);
  }
}
