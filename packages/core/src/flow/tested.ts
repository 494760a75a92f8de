import {
  childExprs,
  type Expr,
  isComprehension,
  opensScope,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';

/** What the truth of a test says of a value in it: that it is there, that it is not, or nothing that the text shows. */
type Sense = 'there' | 'gone' | 'open';

/**
 * The test, in an `if`, `assert`, `while`, conditional or boolean expression, that lets the code at a place run only where a
 * value is there; null when there is none. `isValue` knows the value. A test that the text does not explain counts.
 */
export function testedAt(body: readonly Stmt[], at: Expr, isValue: (part: Expr) => boolean): Expr | null {
  return new Tests(at, isValue).block(body);
}

class Tests {
  readonly #at: Expr;
  readonly #isValue: (part: Expr) => boolean;

  constructor(at: Expr, isValue: (part: Expr) => boolean) {
    this.#at = at;
    this.#isValue = isValue;
  }

  block(body: readonly Stmt[]): Expr | null {
    for (const stmt of body) {
      if (stmt.start >= this.#at.end) break;
      const found = this.#stmt(stmt);
      if (found !== null) return found;
    }
    return null;
  }

  #stmt(stmt: Stmt): Expr | null {
    const before = stmt.end <= this.#at.start;
    if (stmt.kind === 'Assert' && before)
      return this.#sense(stmt.test) === 'gone' ? null : this.#in(stmt.test);
    if (stmt.kind === 'If' || (stmt.kind === 'While' && !before)) {
      const sense = this.#sense(stmt.test);
      // What stands in `else` is for a value that is gone: it leaves, or makes one.
      const answered = before && sense === 'there' && stmt.orelse.length > 0;
      const found =
        !answered && sense === (this.#holds(stmt.body) ? 'gone' : 'there') ? null : this.#in(stmt.test);
      if (found !== null) return found;
    }
    if (before || opensScope(stmt)) return null;
    for (const expr of stmtExprs(stmt)) {
      const found = this.#expr(expr);
      if (found !== null) return found;
    }
    for (const block of stmtBlocks(stmt)) {
      const found = this.#holds(block) ? this.block(block) : null;
      if (found !== null) return found;
    }
    return null;
  }

  /** `get(x) if x else None`, `x and get(x)`, `[get(x) for ... if x]`. */
  #expr(expr: Expr): Expr | null {
    if (!this.#inside(expr)) return null;
    if (expr.kind === 'IfExp' && !this.#inside(expr.test)) {
      const sense = this.#sense(expr.test);
      const found = sense === (this.#inside(expr.body) ? 'gone' : 'there') ? null : this.#in(expr.test);
      if (found !== null) return found;
    }
    if (expr.kind === 'BoolOp' && this.#inside(expr.right)) {
      const sense = this.#sense(expr.left);
      const found = sense === (expr.op === 'and' ? 'gone' : 'there') ? null : this.#in(expr.left);
      if (found !== null) return found;
    }
    if (isComprehension(expr)) {
      const found = expr.generators
        .flatMap((clause) => clause.ifs)
        .find((test) => this.#sense(test) !== 'gone' && this.#in(test) !== null);
      if (found !== undefined) return found;
    }
    return (
      childExprs(expr)
        .map((child) => this.#expr(child))
        .find((found) => found !== null) ?? null
    );
  }

  /** The value inside a test; null when the test does not read it. */
  #in(test: Expr): Expr | null {
    let found: Expr | null = null;
    walkExpr(test, (part) => {
      if (found === null && this.#isValue(part)) found = part;
    });
    return found;
  }

  #sense(test: Expr): Sense {
    if (this.#isValue(test)) return 'there';
    switch (test.kind) {
      case 'UnaryOp':
        return test.op === 'not' ? opposite(this.#sense(test.operand)) : 'open';
      case 'BoolOp': {
        const wanted = test.op === 'and' ? 'there' : 'gone';
        const sides = [this.#sense(test.left), this.#sense(test.right)];
        return sides.includes(wanted) ? wanted : 'open';
      }
      case 'Compare': {
        const [left, right] = test.operands;
        const none = right?.kind === 'Constant' && right.type === 'none';
        if (test.ops.length !== 1 || left === undefined || !none || !this.#isValue(left)) return 'open';
        return test.ops[0] === 'is' || test.ops[0] === '==' ? 'gone' : 'there';
      }
      default:
        return 'open';
    }
  }

  #holds(block: readonly Stmt[]): boolean {
    return (block[0]?.start ?? this.#at.end) <= this.#at.start && this.#at.end <= (block.at(-1)?.end ?? 0);
  }

  #inside(expr: Expr): boolean {
    return expr.start <= this.#at.start && this.#at.end <= expr.end;
  }
}

function opposite(sense: Sense): Sense {
  return sense === 'open' ? sense : sense === 'there' ? 'gone' : 'there';
}
