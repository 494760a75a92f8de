import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import type { Expr, Stmt } from '../syntax/index.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import { reportsError } from './handlers.ts';
import type { WrapperOutcome } from './wrappers.ts';

/** What an expression in `__exit__` comes to for one exception; `unknown` where the text does not tell. */
type Truth = 'yes' | 'no' | 'unknown';

/** Whether a class's `__exit__` swallows an exception: it returns something true for it. */
export function exitOutcome(program: Program, cls: ClassInfo, thrown: ExceptionRef): WrapperOutcome {
  const exit =
    program.hierarchy.member(cls, '__exit__')?.method ?? program.hierarchy.member(cls, '__aexit__')?.method;
  if (
    exit === null ||
    exit === undefined ||
    new ExitReader(program, exit, thrown).returns(exit.body) !== 'yes'
  )
    return 'escapes';
  return reportsError(exit.body) ? 'contained' : 'swallowed';
}

class ExitReader {
  readonly #program: Program;
  readonly #exit: FunctionInfo;
  readonly #thrown: ExceptionRef;

  constructor(program: Program, exit: FunctionInfo, thrown: ExceptionRef) {
    this.#program = program;
    this.#exit = exit;
    this.#thrown = thrown;
  }

  /** What the block returns; null when it falls through. */
  returns(body: readonly Stmt[]): Truth | null {
    for (const stmt of body) {
      const found = this.#stmt(stmt);
      if (found !== null) return found;
    }
    return null;
  }

  #stmt(stmt: Stmt): Truth | null {
    switch (stmt.kind) {
      case 'Return':
        return stmt.value === null ? 'no' : this.#truth(stmt.value);
      case 'Raise':
        return 'no';
      case 'If': {
        const test = this.#truth(stmt.test);
        if (test !== 'unknown') return this.returns(test === 'yes' ? stmt.body : stmt.orelse);
        const [yes, no] = [this.returns(stmt.body), this.returns(stmt.orelse)];
        return yes === no ? yes : yes === 'yes' || no === 'yes' ? 'yes' : null;
      }
      case 'With':
        return this.returns(stmt.body);
      case 'Try':
        return this.returns([...stmt.body, ...stmt.orelse, ...stmt.finalbody]);
      default:
        return null;
    }
  }

  #truth(expr: Expr): Truth {
    switch (expr.kind) {
      case 'Constant':
        return expr.value === 'True' ? 'yes' : 'no';
      case 'Name':
        return this.#isParam(expr) ? 'yes' : 'unknown';
      case 'UnaryOp':
        return expr.op === 'not' ? negated(this.#truth(expr.operand)) : 'unknown';
      case 'BoolOp': {
        const [left, right] = [this.#truth(expr.left), this.#truth(expr.right)];
        const decisive = expr.op === 'and' ? 'no' : 'yes';
        if (left === decisive || right === decisive) return decisive;
        return left === right ? left : 'unknown';
      }
      case 'Compare':
        return this.#compared(expr);
      case 'Call': {
        const [value, classes] = expr.args;
        const tests = expr.func.kind === 'Name' && /^(issubclass|isinstance)$/.test(expr.func.id);
        return tests && value !== undefined && classes !== undefined && this.#isParam(value.value)
          ? this.#names(classes.value)
          : 'unknown';
      }
      default:
        return 'unknown';
    }
  }

  /** `exc_type is None`, `exc_type is X`, `exc_type in (X, Y)` and their opposites. */
  #compared(expr: Extract<Expr, { kind: 'Compare' }>): Truth {
    const [left, right] = expr.operands;
    if (left === undefined || right === undefined || expr.ops.length !== 1 || !this.#isParam(left))
      return 'unknown';
    const same = right.kind === 'Constant' && right.type === 'none' ? 'no' : this.#names(right);
    return expr.ops[0] === 'is not' || expr.ops[0] === '!=' || expr.ops[0] === 'not in'
      ? negated(same)
      : same;
  }

  #isParam(expr: Expr): boolean {
    return expr.kind === 'Name' && this.#exit.params.slice(1).some((param) => param.name === expr.id);
  }

  #names(classes: Expr): Truth {
    const refs = resolveExceptions(this.#program, classes, this.#exit);
    return refs.some((ref) => matches(this.#program, ref, this.#thrown) !== 'no') ? 'yes' : 'no';
  }
}

function negated(truth: Truth): Truth {
  return truth === 'unknown' ? truth : truth === 'yes' ? 'no' : 'yes';
}
