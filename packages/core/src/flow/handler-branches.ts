import type { FunctionInfo, Program } from '../project/index.ts';
import type { Expr, Handler, Stmt } from '../syntax/index.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';

/** A handler as one exception runs it: of the branches that `isinstance(exc, X)` chooses, only the one taken. Itself where none does. */
export function asRunBy(program: Program, handler: Handler, fn: FunctionInfo, thrown: ExceptionRef): Handler {
  const { name } = handler;
  if (name === null) return handler;
  const body = taken(handler.body, (test) => decided(program, test, name, fn, thrown));
  return body === handler.body ? handler : { ...handler, body };
}

/** Statements after which a block does not go on. */
const LEAVES: ReadonlySet<Stmt['kind']> = new Set(['Return', 'Raise', 'Break', 'Continue']);

type Decide = (test: Expr) => boolean | null;

/** The statements that run; the same list where no test is decided. */
function taken(body: readonly Stmt[], decide: Decide): readonly Stmt[] {
  let changed = false;
  const out = body.flatMap((stmt): readonly Stmt[] => {
    if (stmt.kind !== 'If') return [stmt];
    const result = decide(stmt.test);
    if (result === null) return [stmt];
    changed = true;
    return taken(result ? stmt.body : stmt.orelse, decide);
  });
  if (!changed) return body;
  const end = out.findIndex(({ kind }) => LEAVES.has(kind));
  return end < 0 ? out : out.slice(0, end + 1);
}

/** What a test of the caught exception gives; null for what it leaves open. */
function decided(
  program: Program,
  test: Expr,
  name: string,
  fn: FunctionInfo,
  thrown: ExceptionRef,
): boolean | null {
  const of = (part: Expr): boolean | null => decided(program, part, name, fn, thrown);
  switch (test.kind) {
    case 'UnaryOp': {
      const inner = test.op === 'not' ? of(test.operand) : null;
      return inner === null ? null : !inner;
    }
    case 'BoolOp': {
      const [left, right] = [of(test.left), of(test.right)];
      const decisive = test.op === 'or';
      if (left === decisive || right === decisive) return decisive;
      return left === null || right === null ? null : !decisive;
    }
    case 'Call': {
      const [subject, classes] = test.args;
      if (test.func.kind !== 'Name' || test.func.id !== 'isinstance' || classes === undefined) return null;
      if (subject?.value.kind !== 'Name' || subject.value.id !== name) return null;
      return isOneOf(program, resolveExceptions(program, classes.value, fn), thrown);
    }
    default:
      return null;
  }
}

function isOneOf(program: Program, refs: readonly ExceptionRef[], thrown: ExceptionRef): boolean | null {
  if (refs.some((ref) => ref.kind !== 'any' && matches(program, ref, thrown) !== 'no')) return true;
  const known = thrown.kind !== 'any' && thrown.kind !== 'object-missing';
  return known && refs.every((ref) => ref.kind !== 'any') ? false : null;
}
