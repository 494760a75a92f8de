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
  stmtBlocks,
  stmtExprs,
  type Try,
  walkExpr,
  walkStmts,
  type With,
} from '../syntax/index.ts';
import type { Fact, State } from './narrow-state.ts';
import { classNames, filledLists, forget, LOGS, namesIn } from './narrow-words.ts';

/** What answers a missing row and leaves a name at None which its body would have bound. */
export interface Missed {
  readonly stmt: Try | With;
  /** An `except` clause of a `try`; the `suppress(...)` of a `with`. */
  readonly answer: Handler | Call;
  /** What the name is bound to when nothing is raised. */
  readonly value: Expr;
  /** Where it gets its None: in the handler, or before the statement. */
  readonly none: Expr;
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
  return (
    nones.size > 0 && bodies.some(({ body }) => [...boundIn(body).keys()].some((name) => nones.has(name)))
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

/** Takes the names that are None in a handler for what may be mistaken for a row. */
export function leaveAtNone(
  stmt: Try | With,
  answer: Handler | Call,
  bound: ReadonlyMap<string, readonly Expr[]>,
  state: State,
): void {
  if (!mayCatchMiss(answer)) return;
  for (const [name, values] of bound) {
    const none = state.nones.get(name);
    const value = values.find(mayAsk);
    if (none !== undefined && value !== undefined)
      state.facts.set(name, factOf({ stmt, answer, value, none }, besides(stmt, name)));
  }
}

/** False for values that no missing row could keep away. */
function mayAsk(value: Expr): boolean {
  return value.kind !== 'Constant' && value.kind !== 'Name' && value.kind !== 'Lambda';
}

function factOf(missed: Missed, beside: ReadonlySet<string>): Fact {
  const value = missed.value.kind === 'Await' ? missed.value.value : missed.value;
  return {
    source: missed.value,
    call: value.kind === 'Call' ? value : null,
    by: missed.stmt.kind === 'Try' ? 'caught' : 'suppressed',
    method: '',
    model: null,
    decided: null,
    ofTable: false,
    ofParent: false,
    fresh: false,
    missed,
    beside,
  };
}

/** What else tells whether the handler ran: other names that the statement binds, and what its handlers change by a call. */
function besides(stmt: Try | With, name: string): ReadonlySet<string> {
  const out = new Set<string>();
  const handlers = stmt.kind === 'Try' ? stmt.handlers.map(({ body }) => body) : [];
  for (const block of [...stmtBlocks(stmt), ...handlers])
    for (const other of targetsIn(block)) if (other !== name) out.add(other);
  for (const body of handlers) for (const other of changedIn(body)) if (other !== name) out.add(other);
  if (name.includes('.')) out.add(`${name}.`);
  return out;
}

function targetsIn(body: readonly Stmt[]): string[] {
  const out: string[] = [];
  const add = (target: Expr): void => {
    if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.forEach(add);
    const name = dottedName(target.kind === 'Subscript' ? target.value : target);
    if (name !== null) out.push(name);
  };
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind === 'Assign') stmt.targets.forEach(add);
      else if (stmt.kind === 'AugAssign') add(stmt.target);
    },
    (stmt) => !opensScope(stmt),
  );
  return out;
}

/** The receivers and arguments of calls that do more than log. */
function changedIn(body: readonly Stmt[]): string[] {
  const out: string[] = [];
  for (const stmt of body) {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call' || LOGS.test(calledName(part.func))) return;
        const given = part.args.map(({ value }) => value);
        for (const one of part.func.kind === 'Attribute' ? [part.func.value, ...given] : given) {
          const name = dottedName(one);
          if (name !== null) out.push(name);
        }
      });
    for (const block of opensScope(stmt) ? [] : stmtBlocks(stmt)) out.push(...changedIn(block));
  }
  return out;
}

function calledName(func: Expr): string {
  return func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
}

/** What handlers left, where a test asks about it; whatever may be None, where the branches of the test put something into lists. */
export function leftAsked(test: Expr, state: State, branches: readonly Stmt[] = []): readonly Fact[] {
  const filled = filledLists(branches).length > 0;
  const left = [...state.facts].filter(([, { missed }]) => filled || missed !== null);
  return left.length === 0
    ? []
    : namesIn(test, state).flatMap((name) => left.find(([other]) => other === name)?.[1] ?? []);
}

/** What the branches of a test set, or put into lists, tells of what it asked about; a name that they set themselves has been seen to. */
export function tie(asked: readonly Fact[], branches: readonly Stmt[], state: State): void {
  const set = asked.length === 0 ? [] : [...targetsIn(branches), ...filledLists(branches)];
  for (const fact of set.length === 0 ? [] : asked) {
    const names = [...state.facts].flatMap(([name, one]) => (one === fact ? [name] : []));
    const tied = { ...fact, beside: new Set([...fact.beside, ...set]) };
    if (names.some((name) => set.includes(name))) state.settle(fact);
    else for (const name of names) state.facts.set(name, tied);
  }
}

/** The facts of which an expression may know more, since it reads what the same handler set: they are left alone from there on. */
export function settleBeside(expr: Expr, state: State): void {
  for (const fact of state.facts.size === 0 ? [] : new Set(state.facts.values())) {
    if (fact.beside.size === 0 || !readsAny(expr, fact.beside)) continue;
    state.settle(fact);
    for (const one of leftAsked(expr, state))
      if ([...state.facts].some(([name, other]) => other === one && fact.beside.has(name))) state.settle(one);
  }
}

/** Reads one of the names, something of it, or asks a method of what holds it. */
function readsAny(expr: Expr, names: ReadonlySet<string>): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    if (found) return;
    const name = dottedName(part);
    if (name !== null) found = names.has(name);
    const owner = part.kind === 'Call' && part.func.kind === 'Attribute' ? dottedName(part.func.value) : null;
    if (owner !== null) for (const one of names) found ||= one.startsWith(`${owner}.`) && one !== `${owner}.`;
  });
  return found;
}
