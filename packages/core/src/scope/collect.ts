import {
  type Comprehension,
  eachChild,
  eachExpr,
  type Expr,
  fitted,
  type Lambda,
  type NamedExpr,
  opensScope,
  type Param,
  type Stmt,
  stmtBlocks,
} from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import { type Binding, type BindingSource, type Scope, targetNames } from './bindings.ts';
import { History } from './history.ts';
import { type InnerScope, innerScopes } from './inner.ts';

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_BINDINGS: Scope['bindings'] = new Map();

/** An expression that binds names: in a stretch of its own, or, by `:=`, in the scope around it. */
export type Binder = Lambda | Comprehension | NamedExpr;

/** Everything that a scope binds, before the order in which it runs is looked at. */
export class Collector {
  readonly bindings = new Map<string, Binding[]>();
  readonly stars: { level: number; module: string }[] = [];
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  /** Of the body's own lambdas and comprehensions, outer ones first. */
  readonly inner: InnerScope[] = [];
  /** True when some expression of the body binds a name with `:=`. */
  hasWalrus = false;
  /** The bindings that a statement, handler, case, `with` item or `:=` makes. */
  readonly #byNode = new Map<object, Binding[]>();

  of(node: object): readonly Binding[] {
    return this.#byNode.get(node) ?? [];
  }

  params(params: readonly Param[]): void {
    for (const [index, param] of params.entries())
      this.#add(params, param.name, param, { kind: 'param', param, index });
  }

  /** Nested functions and classes are bound by name and not entered. `exprs`: whether expressions are looked into. */
  block(body: readonly Stmt[], exprs: boolean): void {
    for (const stmt of body) {
      if (exprs) eachExpr(stmt, this.#expr);
      this.#stmt(stmt);
      if (!opensScope(stmt)) for (const block of stmtBlocks(stmt)) this.block(block, exprs);
    }
  }

  /** What was collected, in no more memory than it takes: a program has as many scopes as functions, most of them small. */
  scope(): Scope {
    const { bindings, stars, globals, nonlocals, inner } = this;
    for (const [name, list] of bindings) if (list.length > 1) bindings.set(name, list.slice());
    return {
      bindings: bindings.size === 0 ? NO_BINDINGS : bindings,
      stars: fitted(stars),
      globals: globals.size === 0 ? NO_NAMES : globals,
      nonlocals: nonlocals.size === 0 ? NO_NAMES : nonlocals,
      inner: fitted(inner),
    };
  }

  inside(expr: Lambda | Comprehension): void {
    this.inner.push(...innerScopes(expr));
  }

  #add(node: object, name: string, at: Span, source: BindingSource): void {
    const known = this.bindings.get(name);
    const history = known?.[0]?.history ?? new History();
    const binding: Binding = { name, source, at, history };
    if (known === undefined) this.bindings.set(name, [binding]);
    else known.push(binding);
    const made = this.#byNode.get(node);
    if (made === undefined) this.#byNode.set(node, [binding]);
    else made.push(binding);
  }

  #target(node: object, target: Expr, source: (steps: readonly number[]) => BindingSource): void {
    for (const { name, at, steps } of targetNames(target)) this.#add(node, name, at, source(steps));
  }

  readonly #expr = (expr: Expr): void => {
    switch (expr.kind) {
      case 'NamedExpr': {
        const source = { kind: 'assign', value: expr.value, annotation: null, steps: [] } as const;
        this.#add(expr, expr.target.id, expr.target, source);
        this.hasWalrus = true;
        break;
      }
      case 'Lambda':
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        this.inside(expr);
        break;
      case 'Name':
      case 'Constant':
        return;
      default:
    }
    eachChild(expr, this.#expr);
  };

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'FunctionDef':
        return this.#add(stmt, stmt.name, stmt.nameSpan, { kind: 'def', def: stmt });
      case 'ClassDef':
        return this.#add(stmt, stmt.name, stmt.nameSpan, { kind: 'class', def: stmt });
      case 'Assign': {
        const { value, annotation } = stmt;
        for (const target of stmt.targets)
          this.#target(stmt, target, (steps) => ({ kind: 'assign', value, annotation, steps }));
        return;
      }
      case 'For':
        return this.#target(stmt, stmt.target, (steps) => ({ kind: 'for', iter: stmt.iter, steps }));
      case 'With':
        for (const item of stmt.items) {
          const { context, target } = item;
          if (target !== null) this.#target(item, target, (steps) => ({ kind: 'with', context, steps }));
        }
        return;
      case 'Try':
        for (const handler of stmt.handlers) {
          if (handler.name !== null)
            this.#add(handler, handler.name, handler, { kind: 'except', type: handler.type });
        }
        return;
      case 'Match':
        for (const item of stmt.cases)
          for (const name of item.binds) this.#add(item, name.id, name, { kind: 'other' });
        return;
      case 'Import':
      case 'ImportFrom':
        return this.#imports(stmt);
      case 'Global':
        for (const name of stmt.names) this.globals.add(name);
        return;
      case 'Nonlocal':
        for (const name of stmt.names) this.nonlocals.add(name);
        return;
      default:
    }
  }

  #imports(stmt: Extract<Stmt, { kind: 'Import' | 'ImportFrom' }>): void {
    for (const { name, as } of stmt.names) {
      if (stmt.kind === 'Import') {
        const bound = as ?? name.split('.', 1)[0] ?? name;
        this.#add(stmt, bound, stmt, {
          kind: 'import',
          module: as === null ? bound : name,
          whole: as !== null,
        });
      } else if (name === '*') this.stars.unshift({ level: stmt.level, module: stmt.module });
      else this.#add(stmt, as ?? name, stmt, { kind: 'from', level: stmt.level, module: stmt.module, name });
    }
  }
}
