import { childExprs, type Comprehension, dottedName, type Expr, isNone, walkExpr } from '../syntax/index.ts';
import { settleBeside } from './beside.ts';
import { settleFlagged } from './flags.ts';
import { type NarrowHooks, SILENT_HOOKS } from './narrow-hooks.ts';
import { bindTarget, both, type Fact, replace, split, type State } from './narrow-state.ts';
import { isBool } from './narrow-words.ts';
import type { OptionalRow } from './observation.ts';
import type { Handed } from './promises.ts';

/** A copy of None is None. */
const COPIES = /^(?:copy\.)?(?:copy|deepcopy)$/;

/** Walks expressions in the order of evaluation, with what their tests say of names. */
export class NarrowExpr {
  readonly hooks: NarrowHooks;
  /** Names of the exceptions that the `try` statements around catch, innermost last; `*` catches everything. */
  readonly catching: (readonly string[])[] = [];

  constructor(hooks: NarrowHooks) {
    this.hooks = hooks;
  }

  caught = (error: string): boolean =>
    this.catching.some(
      (names) =>
        names.includes('*') ||
        names.includes(error) ||
        names.includes('Exception') ||
        names.includes('BaseException') ||
        (names.includes('LookupError') && /^(Key|Index)Error$/.test(error)),
    );

  /** The fact about an expression's value. */
  fact(expr: Expr, state: State): Fact | null {
    switch (expr.kind) {
      case 'Await':
      case 'NamedExpr':
        return this.fact(expr.value, state);
      case 'Name':
        return state.facts.get(expr.id) ?? null;
      case 'Attribute': {
        const name = dottedName(expr);
        const known = name === null ? null : (state.facts.get(name) ?? null);
        return known ?? (name !== null && state.checked.has(name) ? null : this.hooks.optional(expr, state));
      }
      case 'Call':
        return COPIES.test(dottedName(expr.func) ?? '') && expr.args[0] !== undefined
          ? this.fact(expr.args[0].value, state)
          : this.hooks.optional(expr, state);
      case 'BoolOp':
        return this.fact(isNone(expr.right) ? expr.left : expr.right, state);
      case 'IfExp': {
        const walk = new NarrowExpr({ ...SILENT_HOOKS, optional: this.hooks.optional });
        const [yes, no] = walk.cond(expr.test, state.clone());
        return this.fact(expr.body, yes) ?? this.fact(expr.orelse, no);
      }
      default:
        return null;
    }
  }

  /** Evaluates for what happens on the way; `state` is changed. */
  eval(expr: Expr, state: State): void {
    switch (expr.kind) {
      case 'Name':
        return this.#read(expr, state);
      case 'Attribute':
        this.eval(expr.value, state);
        if (!expr.attr.startsWith('__')) this.use(expr.value, expr, 'attribute', state);
        return;
      case 'Subscript':
        this.eval(expr.value, state);
        this.eval(expr.index, state);
        this.use(expr.value, expr, 'item', state);
        return this.hooks.item(expr, state, this.caught);
      case 'Call':
        this.eval(expr.func, state);
        this.use(expr.func, expr, 'call', state);
        for (const arg of expr.args) {
          this.eval(arg.value, state);
          this.handed(arg.value, { kind: 'argument', call: expr, arg }, state);
        }
        return;
      case 'Yield':
        if (expr.value === null) return;
        this.eval(expr.value, state);
        if (!expr.from) this.handed(expr.value, { kind: 'yielded' }, state);
        return;
      case 'NamedExpr':
        this.eval(expr.value, state);
        return state.bind(expr.target.id, this.fact(expr.value, state));
      case 'BoolOp':
      case 'UnaryOp': {
        const [yes, no] = this.cond(expr, state);
        return replace(state, yes, no);
      }
      case 'IfExp': {
        const [yes, no] = this.cond(expr.test, state);
        this.eval(expr.body, yes);
        this.eval(expr.orelse, no);
        return replace(state, yes, no);
      }
      case 'Lambda':
        return;
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        return this.#comprehension(expr, state);
      default:
        for (const child of childExprs(expr)) this.eval(child, state);
    }
  }

  /** A use that dies on None: told once, after it the value is there. */
  use(value: Expr, at: Expr, use: OptionalRow['use'], state: State): void {
    const fact = this.fact(value, state);
    if (fact === null) return;
    state.settle(fact);
    const name = dottedName(value);
    if (name !== null) state.checked.add(name);
    if (!this.caught(use === 'attribute' ? 'AttributeError' : 'TypeError'))
      this.hooks.used(fact, at, use, name, state);
  }

  /** A name that is not bound dies wherever it is read. */
  #read(expr: Extract<Expr, { kind: 'Name' }>, state: State): void {
    const fact = state.facts.get(expr.id);
    if (fact?.by !== 'unbound') return;
    state.settle(fact);
    if (!this.caught('UnboundLocalError') && !this.caught('NameError'))
      this.hooks.used(fact, expr, 'name', expr.id, state);
  }

  handed(value: Expr, to: Handed, state: State): void {
    const fact = this.fact(value, state);
    if (fact !== null) this.hooks.handed(fact, value, to);
  }

  #comprehension(expr: Comprehension, state: State): void {
    const inner = state.clone();
    let current = inner;
    for (const [i, clause] of expr.generators.entries()) {
      this.eval(clause.iter, i === 0 ? state : current);
      if (i === 0) this.use(clause.iter, clause.iter, 'iterate', state);
      bindTarget(clause.target, current);
      for (const test of clause.ifs) current = this.cond(test, current)[0];
    }
    this.eval(expr.element, current);
    if (expr.value !== null) this.eval(expr.value, current);
  }

  /** Evaluates a test; gives what holds when it is true and when it is false. */
  cond(expr: Expr, state: State): [State, State] {
    settleBeside(expr, state);
    switch (expr.kind) {
      case 'UnaryOp':
        if (expr.op === 'not') {
          const [yes, no] = this.cond(expr.operand, state);
          return [no, yes];
        }
        break;
      case 'BoolOp': {
        const [yes, no] = this.cond(expr.left, state);
        const [rightYes, rightNo] = this.cond(expr.right, expr.op === 'and' ? yes : no);
        const sure = expr.op === 'and' ? rightYes : rightNo;
        const unsure = expr.op === 'and' ? both(no, rightNo) : both(yes, rightYes);
        const sides = expr.op === 'and' ? [no, rightNo] : [yes, rightYes];
        for (const asked of [state.settledIn([sure]), state.settledIn(sides)])
          if (asked.size > 1) for (const fact of asked) unsure.settle(fact);
        const ends: [State, State] = expr.op === 'and' ? [sure, unsure] : [unsure, sure];
        for (const end of ends) end.tests = [...state.tests, expr];
        return ends;
      }
      case 'IfExp':
        return this.#chosen(expr, state);
      case 'Compare':
        return this.#compare(expr, state);
      case 'Name':
      case 'Attribute':
      case 'NamedExpr':
        return this.#truth(expr, state);
      case 'Call':
        if (expr.func.kind === 'Name' && expr.func.id === 'bool' && expr.args[0] !== undefined)
          return this.cond(expr.args[0].value, state);
        return this.#called(expr, state);
      default:
    }
    for (const child of childExprs(expr)) this.eval(child, state);
    return split(state, expr);
  }

  /** `row.paid if row else False` as a test: a side that is a constant ends one way only. */
  #chosen(expr: Extract<Expr, { kind: 'IfExp' }>, state: State): [State, State] {
    const [yes, no] = this.cond(expr.test, state);
    const [bodyYes, bodyNo] = this.cond(expr.body, yes);
    const [elseYes, elseNo] = this.cond(expr.orelse, no);
    const never = (side: Expr, truth: string): boolean => isBool(side, truth === 'True' ? 'False' : 'True');
    const end = (truth: string, one: State, other: State): State =>
      never(expr.orelse, truth) ? one : never(expr.body, truth) ? other : both(one, other);
    const ends: [State, State] = [end('True', bodyYes, elseYes), end('False', bodyNo, elseNo)];
    for (const end of ends) end.tests = [...state.tests, expr];
    return ends;
  }

  #truth(expr: Expr, state: State): [State, State] {
    const call = expr.kind === 'NamedExpr' && expr.value.kind === 'Call' ? expr.value : null;
    if (call === null) this.eval(expr, state);
    const [yes, no] = call === null ? split(state, expr) : this.#called(call, state);
    if (call !== null && expr.kind === 'NamedExpr')
      for (const side of [yes, no]) side.bind(expr.target.id, this.fact(call, state));
    const name = dottedName(expr.kind === 'NamedExpr' ? expr.target : expr);
    if (name !== null) yes.check(name);
    return settleFlagged(expr, yes, no);
  }

  #compare(expr: Extract<Expr, { kind: 'Compare' }>, state: State): [State, State] {
    for (const operand of expr.operands) this.eval(operand, state);
    const [yes, no] = split(state, expr);
    const [left, right] = expr.operands;
    const op = expr.ops[0];
    const isNone = right?.kind === 'Constant' && right.type === 'none';
    for (const operand of expr.operands) {
      const name = dottedName(operand.kind === 'NamedExpr' ? operand.target : operand);
      if (name === null) continue;
      const plain = expr.ops.length === 1 && operand === left;
      if (plain && isNone && (op === 'is' || op === '==')) no.check(name);
      else if (plain && isNone) yes.check(name);
      else if (expr.ops.length === 1 && op === '==') yes.check(name);
      else for (const side of [yes, no]) side.check(name);
    }
    return settleFlagged(expr, yes, no);
  }

  /** A call as a test: `isinstance(x, ...)`, `hasattr(x, ...)`, or a predicate of the project that may look at anything it is given. */
  #called(expr: Extract<Expr, { kind: 'Call' }>, state: State): [State, State] {
    this.eval(expr, state);
    const [yes, no] = split(state, expr);
    const known = expr.func.kind === 'Name' && /^(isinstance|hasattr|getattr|len)$/.test(expr.func.id);
    for (const arg of expr.args) {
      walkExpr(arg.value, (part) => {
        const name = dottedName(part);
        if (name === null || !(state.facts.has(name) || part === arg.value)) return;
        yes.check(name);
        if (!known) no.check(name);
      });
    }
    return [yes, no];
  }
}
