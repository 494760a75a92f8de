import type { Binder } from '../scope/index.ts';
import {
  type Call,
  type Comprehension,
  eachChild,
  type Expr,
  fitted,
  type ImportFrom,
  isComprehension,
  type Return,
  type Stmt,
  type Try,
  type With,
} from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';
import type { CodeSite, Frame, FunctionSites, Given, Place } from './sites.ts';

/** Calls that consume a generator expression at once. */
const CONSUMERS = new Set([
  'list',
  'tuple',
  'set',
  'dict',
  'sorted',
  'sum',
  'any',
  'all',
  'min',
  'max',
  'frozenset',
  'join',
  'update',
  'extend',
  'next',
  'enumerate',
  'zip',
  'fromkeys',
  'OrderedDict',
  'Counter',
  'len',
  'bulk_create',
]);

export function collectSites(fn: FunctionInfo): FunctionSites {
  const collector = new SiteCollector(fn);
  collector.block(fn.body, null, null);
  const { sites, tries, withs, returns, given, imports, binders } = collector;
  return {
    sites: fitted(sites),
    tries: fitted(tries),
    withs: fitted(withs),
    returns: fitted(returns),
    given: fitted(given),
    imports: fitted(imports),
    binders: fitted(binders),
  };
}

class SiteCollector {
  readonly sites: CodeSite[] = [];
  readonly tries: Try[] = [];
  readonly withs: With[] = [];
  readonly returns: Return[] = [];
  readonly given: Given[] = [];
  readonly imports: ImportFrom[] = [];
  readonly binders: Binder[] = [];
  readonly #fn: FunctionInfo;

  constructor(fn: FunctionInfo) {
    this.#fn = fn;
  }

  block(body: readonly Stmt[], frame: Frame | null, loop: Place['loop']): void {
    for (const stmt of body) this.#stmt(stmt, frame, loop);
  }

  #stmt(stmt: Stmt, frame: Frame | null, loop: Place['loop']): void {
    const place: Place = { fn: this.#fn, stmt, frame, loop, deferred: null };
    const visit = (expr: Expr | null, at: Place = place): void => {
      if (expr !== null) this.#expr(expr, at, null);
    };
    switch (stmt.kind) {
      case 'FunctionDef':
        for (const decorator of stmt.decorators) visit(decorator);
        for (const param of stmt.params) visit(param.default);
        return;
      case 'ClassDef':
        for (const decorator of stmt.decorators) visit(decorator);
        for (const base of stmt.bases) visit(base.value);
        return;
      case 'If':
        visit(stmt.test);
        this.block(stmt.body, frame, loop);
        return this.block(stmt.orelse, frame, loop);
      case 'For':
        this.given.push({ target: stmt.target, value: stmt.iter, by: 'loop' });
        visit(stmt.iter);
        this.block(stmt.body, frame, stmt);
        return this.block(stmt.orelse, frame, loop);
      case 'While':
        visit(stmt.test, { ...place, loop: stmt });
        this.block(stmt.body, frame, stmt);
        return this.block(stmt.orelse, frame, loop);
      case 'Try':
        return this.#try(stmt, frame, loop);
      case 'With': {
        this.withs.push(stmt);
        let inner = frame;
        for (const item of stmt.items) {
          this.#expr(item.context, { ...place, frame: inner }, null);
          inner = { kind: 'with', stmt, item, parent: inner };
        }
        return this.block(stmt.body, inner, loop);
      }
      case 'Match':
        visit(stmt.subject);
        for (const item of stmt.cases) {
          visit(item.guard);
          this.block(item.body, frame, loop);
        }
        return;
      case 'Raise':
        visit(stmt.exc);
        visit(stmt.cause);
        this.sites.push({ kind: 'raise', stmt, place });
        return;
      default:
        return this.#simple(stmt, visit);
    }
  }

  #simple(stmt: Stmt, visit: (expr: Expr | null) => void): void {
    switch (stmt.kind) {
      case 'Assign':
        visit(stmt.value);
        for (const target of stmt.targets) {
          if (stmt.value !== null) this.given.push({ target, value: stmt.value, by: 'assignment' });
          if (target.kind !== 'Name') visitTarget(target, visit);
        }
        return;
      case 'ImportFrom':
        if (stmt.names.some(({ name, as }) => as !== null && as !== name)) this.imports.push(stmt);
        return;
      case 'AugAssign':
        visit(stmt.value);
        return visitTarget(stmt.target, visit);
      case 'Return':
        this.returns.push(stmt);
        return visit(stmt.value);
      case 'ExprStmt':
        return visit(stmt.value);
      case 'Assert':
        visit(stmt.test);
        return visit(stmt.msg);
      case 'Delete':
        for (const target of stmt.targets) visitTarget(target, visit);
        return;
      default:
        return;
    }
  }

  #try(stmt: Try, frame: Frame | null, loop: Place['loop']): void {
    this.tries.push(stmt);
    this.block(stmt.body, { kind: 'try', stmt, parent: frame }, loop);
    for (const handler of stmt.handlers)
      this.block(handler.body, { kind: 'handler', stmt, handler, parent: frame }, loop);
    this.block(stmt.orelse, frame, loop);
    this.block(stmt.finalbody, frame, loop);
  }

  #expr(expr: Expr, place: Place, consumer: string | null): void {
    if (expr.kind === 'Name' || expr.kind === 'Constant') return;
    if (expr.kind === 'Lambda') {
      this.binders.push(expr);
      for (const param of expr.params) if (param.default !== null) this.#expr(param.default, place, null);
      return this.#expr(expr.body, { ...place, deferred: expr }, null);
    }
    if (isComprehension(expr)) {
      this.binders.push(expr);
      return this.#comprehension(expr, place, consumer);
    }
    if (expr.kind === 'Call') return this.#call(expr, place);
    if (expr.kind === 'Attribute') {
      this.#expr(expr.value, place, null);
      this.sites.push({ kind: 'attribute', expr, place });
      return;
    }
    if (expr.kind === 'NamedExpr') this.binders.push(expr);
    eachChild(expr, (child) => this.#expr(child, place, null));
    if (expr.kind === 'NamedExpr')
      this.given.push({ target: expr.target, value: expr.value, by: 'assignment' });
    else if (expr.kind === 'Yield') this.sites.push({ kind: 'yield', expr, place });
    else if (expr.kind === 'Subscript' && isFirst(expr.index))
      this.sites.push({ kind: 'first', expr, place });
  }

  #call(expr: Call, place: Place): void {
    const { func } = expr;
    const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : null;
    this.#expr(func.kind === 'Attribute' ? func.value : func, place, name);
    for (const { value } of expr.args) this.#expr(value, place, name);
    this.sites.push({ kind: 'call', expr, place });
  }

  #comprehension(expr: Comprehension, place: Place, consumer: string | null): void {
    const lazy = expr.kind === 'GeneratorExp' && (consumer === null || !CONSUMERS.has(consumer));
    const first = expr.generators[0];
    if (first !== undefined) this.#expr(first.iter, place, null);
    const inner: Place = { ...place, loop: expr, deferred: lazy ? expr : place.deferred };
    for (const [i, clause] of expr.generators.entries()) {
      if (i > 0) this.#expr(clause.iter, inner, null);
      for (const test of clause.ifs) this.#expr(test, inner, null);
    }
    this.#expr(expr.element, inner, null);
    if (expr.value !== null) this.#expr(expr.value, inner, null);
    if (expr.kind === 'DictComp') this.sites.push({ kind: 'map', expr, place });
  }
}

/** True for the index of the first item. */
export function isFirst(index: Expr): boolean {
  return index.kind === 'Constant' && index.value === '0' && index.type === 'number';
}

/** Reads that happen while a target is assigned: the parts of `a.b[c] = v` but not the last step. */
function visitTarget(target: Expr, visit: (expr: Expr | null) => void): void {
  if (target.kind === 'Attribute') visit(target.value);
  else if (target.kind === 'Subscript') {
    visit(target.value);
    visit(target.index);
  } else if (target.kind === 'Tuple' || target.kind === 'List')
    for (const part of target.elts) visitTarget(part, visit);
  else if (target.kind === 'Starred') visitTarget(target.value, visit);
}
