import {
  type Assign,
  dottedName,
  type Expr,
  type For,
  type Handler,
  isNone,
  type Stmt,
  type Try,
  type While,
  type With,
} from '../syntax/index.ts';
import { leftAsked, settleBeside, tie } from './beside.ts';
import { flag } from './flags.ts';
import { boundIn, brokenOff, leaveAtNone, suppressing } from './caught-none.ts';
import { NarrowExpr } from './narrow-expr.ts';
import type { NarrowHooks } from './narrow-hooks.ts';
import { matched } from './narrow-match.ts';
import { bindTarget, type Flow, join, State } from './narrow-state.ts';
import {
  askedForNone,
  caughtNames,
  CHECKS,
  checkTested,
  classNames,
  isCalm,
  isTest,
  LEAVES,
  LOGS,
  namesIn,
} from './narrow-words.ts';

/**
 * Walks a body once, from top to bottom, and tells the hooks what it meets. Loops are entered once: what only a second pass
 * would show is not told.
 */
export function narrow(body: readonly Stmt[], hooks: NarrowHooks, start: State = new State()): void {
  new Narrowing(hooks).block(body, start);
}

class Narrowing {
  readonly #exprs: NarrowExpr;
  /** What the jumps of the loops around carry out of them, innermost last. */
  readonly #loops: { breaks: Flow[]; continues: Flow[] }[] = [];

  constructor(hooks: NarrowHooks) {
    this.#exprs = new NarrowExpr(hooks);
  }

  block(body: readonly Stmt[], start: Flow): Flow {
    let state = start;
    for (const stmt of body) {
      if (state === null) return null;
      state = this.#stmt(stmt, state);
    }
    return state;
  }

  #stmt(stmt: Stmt, state: State): Flow {
    switch (stmt.kind) {
      case 'Assign':
        return this.#assign(stmt, state);
      case 'AugAssign':
        this.#exprs.eval(stmt.target, state);
        this.#exprs.eval(stmt.value, state);
        bindTarget(stmt.target, state);
        return state;
      case 'ExprStmt':
        return this.#exprStmt(stmt.value, state);
      case 'Return':
        return this.#return(stmt.value, state);
      case 'Raise':
        if (stmt.exc !== null) this.#exprs.eval(stmt.exc, state);
        return null;
      case 'Break':
      case 'Continue':
        this.#loops.at(-1)?.[stmt.kind === 'Break' ? 'breaks' : 'continues'].push(state);
        return null;
      case 'If':
        return this.#if(stmt.test, stmt.body, stmt.orelse, state);
      case 'For':
      case 'While':
        return this.#loop(stmt, state);
      case 'Try':
        return this.#try(stmt, state);
      case 'With':
        return this.#with(stmt, state);
      case 'Match':
        return matched(stmt, state, this.#exprs, (body, start) => this.block(body, start));
      case 'Assert':
        if (stmt.test.kind === 'Constant' && stmt.test.value === 'False') return null;
        return this.#exprs.cond(stmt.test, state)[0];
      case 'Delete':
        for (const target of stmt.targets) bindTarget(target, state);
        return state;
      case 'FunctionDef':
      case 'ClassDef':
        for (const decorator of stmt.decorators) this.#exprs.eval(decorator, state);
        state.bind(stmt.name, null);
        return state;
      default:
        return state;
    }
  }

  #assign(stmt: Assign, state: State): State {
    const { value } = stmt;
    if (value === null) return state;
    this.#exprs.eval(value, state);
    if (stmt.annotation !== null)
      this.#exprs.handed(value, { kind: 'assigned', annotation: stmt.annotation }, state);
    const fact = this.#exprs.fact(value, state);
    const read = value.kind === 'Attribute' ? dottedName(value) : null;
    if (read !== null && fact !== null) state.facts.set(read, fact);
    if (isTest(value)) checkTested(value, state, this.#exprs.hooks.optional);
    for (const target of stmt.targets) {
      if (target.kind === 'Tuple' || target.kind === 'List') {
        this.#exprs.use(value, value, 'unpack', state);
        this.#exprs.hooks.unpacked(target, value, state, this.#exprs.caught);
        bindTarget(target, state);
        continue;
      }
      if (target.kind === 'Attribute') {
        this.#exprs.eval(target.value, state);
        this.#exprs.use(target.value, target, 'attribute', state);
        this.#exprs.handed(value, { kind: 'stored', target }, state);
      } else if (target.kind === 'Subscript') {
        this.#exprs.eval(target.value, state);
        this.#exprs.eval(target.index, state);
        this.#exprs.use(target.value, target, 'item', state);
      }
      const name = dottedName(target);
      if (name === null) continue;
      state.bind(name, fact);
      if (target.kind === 'Attribute' && fact === null && !isNone(value)) state.checked.add(name);
      if (isNone(value)) state.nones.set(name, value);
    }
    return state;
  }

  #exprStmt(expr: Expr, state: State): Flow {
    this.#exprs.eval(expr, state);
    const call = expr.kind === 'Await' ? expr.value : expr;
    if (call.kind !== 'Call') return state;
    const name =
      call.func.kind === 'Name' ? call.func.id : call.func.kind === 'Attribute' ? call.func.attr : '';
    if (!LOGS.test(name)) settleBeside(call, state);
    if (LEAVES.test(name) || this.#exprs.hooks.leaves(call)) return null;
    if (CHECKS.test(name))
      for (const arg of call.args) for (const inner of namesIn(arg.value, state)) state.check(inner);
    const self = call.func.kind === 'Attribute' ? dottedName(call.func.value) : null;
    if (self !== null)
      for (const key of state.facts.keys()) if (key.startsWith(`${self}.`)) state.facts.delete(key);
    return state;
  }

  #return(value: Expr | null, state: State): null {
    if (value === null || isNone(value)) {
      const asked = askedForNone(state);
      if (asked !== null) this.#exprs.hooks.gaveUp(asked);
    }
    if (value === null) return null;
    this.#exprs.eval(value, state);
    if (value.kind === 'Tuple')
      for (const part of value.elts) this.#exprs.handed(part, { kind: 'returned' }, state);
    const fact = this.#exprs.fact(value, state);
    if (fact !== null) this.#exprs.hooks.returned(fact, value);
    return null;
  }

  #if(test: Expr, body: readonly Stmt[], orelse: readonly Stmt[], state: State): Flow {
    const before = state.tests;
    const branches = [...body, ...orelse];
    const asked = leftAsked(test, state, branches);
    const [yes, no] = this.#exprs.cond(test, state);
    const settled = [state.settledIn([yes]), state.settledIn([no])] as const;
    const a = this.block(body, yes);
    const b = this.block(orelse, no);
    const after = join([a, b]);
    if (after === null || a === null || b === null) return after;
    after.tests = before;
    tie(asked, branches, after);
    flag(settled, [body, orelse], after);
    return after;
  }

  #loop(stmt: For | While, state: State): Flow {
    const jumps: { breaks: Flow[]; continues: Flow[] } = { breaks: [], continues: [] };
    let [inside, past] = [state.clone(), state.clone()];
    if (stmt.kind === 'While') [inside, past] = this.#exprs.cond(stmt.test, state);
    else {
      this.#exprs.eval(stmt.iter, state);
      this.#exprs.use(stmt.iter, stmt.iter, 'iterate', state);
      [inside, past] = [state.clone(), state.clone()];
      bindTarget(stmt.target, inside);
    }
    this.#loops.push(jumps);
    const end = this.block(stmt.body, inside);
    this.#loops.pop();
    const endless = stmt.kind === 'While' && stmt.test.kind === 'Constant' && stmt.test.value === 'True';
    const done = endless ? null : this.block(stmt.orelse, join([past, end, ...jumps.continues]));
    return join([done, ...jumps.breaks]);
  }

  #try(stmt: Try, state: State): Flow {
    const bound = boundIn(stmt.body);
    const entry = brokenOff(stmt.body, bound, state);
    this.#exprs.catching.push(stmt.handlers.flatMap(caughtNames));
    const end = this.block(stmt.body, state);
    this.#exprs.catching.pop();
    const ends = [
      this.block(stmt.orelse, end),
      ...stmt.handlers.map((handler) => this.#handler(stmt, handler, bound, entry)),
    ];
    const after = join(ends);
    const done = this.block(stmt.finalbody, after ?? entry.clone());
    return after === null ? null : done;
  }

  /** Names that are None when it begins may be used in it; those at its end, behind it. */
  #handler(stmt: Try, handler: Handler, bound: ReturnType<typeof boundIn>, entry: State): Flow {
    const { neverBound } = this.#exprs.hooks;
    const start = entry.clone();
    leaveAtNone(stmt, handler, bound, start, neverBound);
    const end = this.block(handler.body, start);
    if (end !== null) leaveAtNone(stmt, handler, bound, end, neverBound);
    return end;
  }

  #with(stmt: With, state: State): Flow {
    const bound = boundIn(stmt.body);
    const entry = brokenOff(stmt.body, bound, state);
    for (const { context, target } of stmt.items) {
      this.#exprs.eval(context, state);
      if (target !== null) bindTarget(target, state);
    }
    const calm = stmt.items.flatMap(({ context }) => (isCalm(context) ? [context] : []));
    const suppressed = calm.flatMap(({ args }) => args.flatMap(({ value }) => classNames(value)));
    this.#exprs.catching.push(suppressed);
    const end = this.block(stmt.body, state);
    this.#exprs.catching.pop();
    if (suppressed.length === 0) return end;
    for (const answer of suppressing(stmt))
      leaveAtNone(stmt, answer, bound, entry, this.#exprs.hooks.neverBound);
    return join([end, entry]);
  }
}
