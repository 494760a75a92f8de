import { type FunctionInfo, functionSites } from '../project/index.ts';
import {
  type Assign,
  type Call,
  dottedName,
  type Expr,
  type Handler,
  isNone,
  opensScope,
  type Stmt,
  type Try,
  walkStmts,
  type With,
} from '../syntax/index.ts';
import { besides } from './beside.ts';
import { type Fact, factOf, type State } from './narrow-state.ts';
import { classNames, forget } from './narrow-words.ts';

/** What answers a missing row and leaves a name at None which its body would have bound. */
export interface Missed {
  readonly stmt: Try | With;
  /** An `except` clause of a `try`; the `suppress(...)` of a `with`. */
  readonly answer: Handler | Call;
  /** What the name is bound to when nothing is raised. */
  readonly value: Expr;
  /** Where it gets its None: in the handler, or before the statement; null where it is not bound at all then. */
  readonly none: Expr | null;
}

/** True for what a missing row may run. */
function mayCatchMiss(answer: Handler | Call): boolean {
  if ('args' in answer) return answer.args.some(({ value }) => mayBeMiss(value));
  return answer.type === null || mayBeMiss(answer.type);
}

function mayBeMiss(type: Expr): boolean {
  return classNames(type).some((name) => /DoesNotExist$|^(Base)?Exception$/.test(name));
}

/** `with suppress(Order.DoesNotExist):` goes on behind its body. */
export function suppressing({ items }: With): readonly Call[] {
  return items.flatMap(({ context }) =>
    context.kind === 'Call' && /(^|\.)(suppress|ignored)$/.test(dottedName(context.func) ?? '')
      ? [context]
      : [],
  );
}

/** What the plain assignments of a body bind, by dotted name. */
export function boundIn(body: readonly Stmt[]): ReadonlyMap<string, readonly Expr[]> {
  const out = new Map<string, Expr[]>();
  eachAssign(body, ({ targets, value }) => {
    for (const target of targets) {
      const name = dottedName(target);
      if (name === null || value === null) continue;
      const known = out.get(name);
      if (known === undefined) out.set(name, [value]);
      else known.push(value);
    }
  });
  return out;
}

function eachAssign(body: readonly Stmt[], visit: (stmt: Assign) => void): void {
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind === 'Assign') visit(stmt);
    },
    (stmt) => !opensScope(stmt),
  );
}

/** True when what answers a missing row may leave a name at None that its body binds. */
export function mayLeaveNone(fn: FunctionInfo): boolean {
  const { tries, withs, given } = functionSites(fn);
  const bodies = [
    ...tries.filter(({ handlers }) => handlers.some(mayCatchMiss)),
    ...withs.filter((stmt) => suppressing(stmt).some(mayCatchMiss)),
  ];
  if (bodies.length === 0) return false;
  const nones = new Set(
    given.flatMap(({ target, value }) => (isNone(value) ? (dottedName(target) ?? []) : [])),
  );
  return bodies.some((stmt) =>
    [...boundIn(stmt.body).keys()].some((name) => nones.has(name) || isNeverBound(fn, stmt, name)),
  );
}

/** What holds where an exception has left a body: a name that it binds once may still be None. */
export function brokenOff(
  body: readonly Stmt[],
  bound: ReadonlyMap<string, readonly Expr[]>,
  state: State,
): State {
  const out = state.clone();
  forget(body, out);
  for (const [name, { length }] of bound) {
    const none = state.nones.get(name);
    if (none !== undefined && length === 1) out.nones.set(name, none);
  }
  return out;
}

/** True for a name that nothing binds before the body of a statement does, nor anything else in the statement. */
export type NeverBound = (stmt: Try | With, name: string) => boolean;

/** Takes the names that are None in a handler for what may be mistaken for a row. */
export function leaveAtNone(
  stmt: Try | With,
  answer: Handler | Call,
  bound: ReadonlyMap<string, readonly Expr[]>,
  state: State,
  neverBound: NeverBound,
): void {
  if (!mayCatchMiss(answer)) return;
  for (const [name, values] of bound) {
    const none = state.nones.get(name) ?? null;
    const value = values.find(mayAsk);
    if (value !== undefined && (none !== null || neverBound(stmt, name)))
      state.facts.set(name, missedFact({ stmt, answer, value, none }, besides(stmt, name)));
  }
}

/** False for values that no missing row could keep away. */
function mayAsk(value: Expr): boolean {
  return value.kind !== 'Constant' && value.kind !== 'Name' && value.kind !== 'Lambda';
}

function missedFact(missed: Missed, beside: ReadonlySet<string>): Fact {
  const value = missed.value.kind === 'Await' ? missed.value.value : missed.value;
  return factOf(missed.value, {
    call: value.kind === 'Call' ? value : null,
    by: missed.none === null ? 'unbound' : missed.stmt.kind === 'Try' ? 'caught' : 'suppressed',
    method: '',
    missed,
    beside,
  });
}

/** `NeverBound` of a function; false for names that are not its own. */
export function isNeverBound({ def, scope }: FunctionInfo, stmt: Try | With, name: string): boolean {
  const [first, last] = [stmt.body[0], stmt.body.at(-1)];
  const bindings = scope.bindings.get(name) ?? [];
  if (def === null || first === undefined || last === undefined || bindings.length === 0) return false;
  if (scope.globals.has(name) || scope.nonlocals.has(name)) return false;
  return bindings.every(({ at }) => at.start >= stmt.end || (first.start <= at.start && at.end <= last.end));
}
