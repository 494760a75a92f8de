import {
  dottedName,
  type Expr,
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
import { filledLists, LOGS, namesIn } from './narrow-words.ts';

/** What else tells whether the handler ran: other names that the statement binds, and what its handlers change by a call. */
export function besides(stmt: Try | With, name: string): ReadonlySet<string> {
  const out = new Set<string>();
  const handlers = stmt.kind === 'Try' ? stmt.handlers.map(({ body }) => body) : [];
  for (const block of [...stmtBlocks(stmt), ...handlers])
    for (const other of targetsIn(block)) if (other !== name) out.add(other);
  for (const body of handlers) for (const other of testedIn(body)) out.add(other);
  for (const body of handlers) for (const other of changedIn(body)) if (other !== name) out.add(other);
  if (name.includes('.')) out.add(`${name}.`);
  return out;
}

/** What the statements of a block set, in whatever block inside. */
export function targetsIn(body: readonly Stmt[]): string[] {
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

/** What the tests of a handler look at. */
function testedIn(body: readonly Stmt[]): string[] {
  const out: string[] = [];
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind === 'If')
        walkExpr(stmt.test, (part) => {
          const name = dottedName(part);
          if (name !== null) out.push(name);
        });
    },
    (stmt) => !opensScope(stmt),
  );
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
