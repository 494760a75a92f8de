import type { Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { Stmt } from '../stmt.ts';
import { parseDecorated, parseClass, parseFunction } from './definition.ts';
import { parseFor, parseIf, parseWhile } from './branch.ts';
import { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import { parseMatch } from './match.ts';
import { parseSimple } from './simple.ts';
import * as t from './token.ts';
import { parseTry } from './try.ts';
import { parseWith } from './with.ts';

const NO_STATEMENTS: readonly Stmt[] = [];
const NO_DECORATORS: readonly Expr[] = [];

/** Reads a module: lines of simple statements, and compound ones with their blocks. */
export class StatementParser extends ExpressionParser {
  module(): readonly Stmt[] {
    this.advance();
    const body: Stmt[] = [];
    while (this.kind !== t.EOF) this.statement(body);
    return fitted(body);
  }

  /** The colon and what stands behind it: statements on the same line, or an indented block. */
  block(): readonly Stmt[] {
    this.expect(t.COLON);
    this.checkHeight();
    const body: Stmt[] = [];
    if (this.kind !== t.NEWLINE) {
      this.simpleLine(body);
      return fitted(body);
    }
    this.advance();
    this.expect(t.INDENT);
    do this.statement(body);
    while (this.kind !== t.DEDENT);
    this.advance();
    return fitted(body);
  }

  /** `else:` or `finally:` with its block. */
  clause(keyword: number): readonly Stmt[] {
    return this.eat(keyword) ? this.block() : NO_STATEMENTS;
  }

  /** The block of a function. */
  body(): readonly Stmt[] {
    return this.block();
  }

  protected statement(out: Stmt[]): void {
    switch (this.kind) {
      case t.DEF:
        out.push(parseFunction(this, this.start, NO_DECORATORS, false));
        return;
      case t.CLASS:
        out.push(parseClass(this, this.start, NO_DECORATORS));
        return;
      case t.AT:
        out.push(parseDecorated(this));
        return;
      case t.IF:
        out.push(parseIf(this, 0));
        return;
      case t.FOR:
        out.push(parseFor(this, this.start, false));
        return;
      case t.TRY:
        out.push(parseTry(this));
        return;
      case t.WITH:
        out.push(parseWith(this, this.start, false));
        return;
      case t.WHILE:
        out.push(parseWhile(this));
        return;
      case t.ASYNC:
        out.push(this.async());
        return;
      default: {
        const match = this.isName('match') ? parseMatch(this) : null;
        if (match === null) this.simpleLine(out);
        else out.push(match);
      }
    }
  }

  private async(): Stmt {
    const start = this.start;
    this.advance();
    switch (this.kind) {
      case t.DEF:
        return parseFunction(this, start, NO_DECORATORS, true);
      case t.FOR:
        return parseFor(this, start, true);
      case t.WITH:
        return parseWith(this, start, true);
      default:
        return giveUp();
    }
  }

  private simpleLine(out: Stmt[]): void {
    do {
      out.push(parseSimple(this));
      this.checkHeight();
    } while (this.eat(t.SEMI) && this.kind !== t.NEWLINE);
    this.expect(t.NEWLINE);
  }
}
