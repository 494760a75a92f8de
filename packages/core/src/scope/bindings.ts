import { type Comprehension, type Expr, type Lambda, opensScope, type Param, type Stmt, stmtBlocks, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';

/** How a name came to be bound. */
export type BindingSource =
  | { readonly kind: 'param'; readonly param: Param; readonly index: number }
  /** `steps` is the way from the value to the name through unpacking: `(a, (b, c)) = v` gives c the steps [1, 1]; -1 stands for a starred part. */
  | { readonly kind: 'assign'; readonly value: Expr | null; readonly annotation: Expr | null; readonly steps: readonly number[] }
  | { readonly kind: 'for'; readonly iter: Expr; readonly steps: readonly number[] }
  | { readonly kind: 'with'; readonly context: Expr }
  | { readonly kind: 'except'; readonly type: Expr | null }
  | { readonly kind: 'import'; readonly module: string; readonly whole: boolean }
  | { readonly kind: 'from'; readonly level: number; readonly module: string; readonly name: string }
  | { readonly kind: 'def'; readonly def: Extract<Stmt, { kind: 'FunctionDef' }> }
  | { readonly kind: 'class'; readonly def: Extract<Stmt, { kind: 'ClassDef' }> }
  | { readonly kind: 'other' };

export interface Binding {
  readonly name: string;
  readonly source: BindingSource;
  /** Where the name stands. */
  readonly at: Span;
  /** Offset from which uses see the binding: an assignment's value is read before its name is bound. */
  readonly visible: number;
  /** End of the block of statements that the binding stands in: uses before it, and after `at`, always see a binding. */
  readonly blockEnd: number;
}

/** The names that one scope binds itself. */
export interface Scope {
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** `from m import *` statements, last one first. */
  readonly stars: readonly { readonly level: number; readonly module: string }[];
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

/** Collects the bindings of a body; nested functions and classes are bound by name and not entered. */
export function buildScope(body: readonly Stmt[], params: readonly Param[] = []): Scope {
  const builder = new ScopeBuilder();
  for (const [index, param] of params.entries()) builder.add(param.name, { kind: 'param', param, index }, param, Number.POSITIVE_INFINITY);
  builder.block(body, Number.POSITIVE_INFINITY);
  return builder.scope();
}

/** The bindings of a lambda's parameters or of a comprehension's targets: a small scope inside a function. */
export function innerBindings(expr: Lambda | Comprehension): readonly Binding[] {
  const builder = new ScopeBuilder();
  if (expr.kind === 'Lambda') {
    for (const [index, param] of expr.params.entries()) builder.add(param.name, { kind: 'param', param, index }, param, expr.end);
  } else {
    for (const clause of expr.generators) builder.target(clause.target, (steps) => ({ kind: 'for', iter: clause.iter, steps }), { visible: expr.start, blockEnd: expr.end });
  }
  return [...builder.scope().bindings.values()].flat();
}

type Source = (steps: readonly number[]) => BindingSource;

/** From where, and up to where, a binding is sure to be seen. */
interface Reach {
  readonly visible: number;
  readonly blockEnd: number;
}

class ScopeBuilder {
  readonly #bindings = new Map<string, Binding[]>();
  readonly #stars: { level: number; module: string }[] = [];
  readonly #globals = new Set<string>();
  readonly #nonlocals = new Set<string>();

  scope(): Scope {
    return { bindings: this.#bindings, stars: this.#stars.reverse(), globals: this.#globals, nonlocals: this.#nonlocals };
  }

  add(name: string, source: BindingSource, at: Span, blockEnd: number, visible: number = at.start): void {
    const list = this.#bindings.get(name);
    const binding: Binding = { name, source, at: { start: at.start, end: at.end }, visible, blockEnd };
    if (list === undefined) this.#bindings.set(name, [binding]);
    else list.push(binding);
  }

  /** Binds every name of an assignment target. */
  target(target: Expr, source: Source, reach: Reach, steps: readonly number[] = []): void {
    if (target.kind === 'Name') this.add(target.id, source(steps), target, reach.blockEnd, reach.visible);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const [i, part] of target.elts.entries()) {
        if (part.kind === 'Starred') this.target(part.value, source, reach, [...steps, -1]);
        else this.target(part, source, reach, [...steps, i]);
      }
    }
  }

  block(body: readonly Stmt[], outerEnd: number): void {
    const end = outerEnd === Number.POSITIVE_INFINITY ? outerEnd : (body.at(-1)?.end ?? outerEnd);
    for (const stmt of body) this.#stmt(stmt, end);
  }

  #stmt(stmt: Stmt, end: number): void {
    this.#binds(stmt, end);
    for (const expr of stmtExprs(stmt)) this.#walrus(expr, end);
    if (opensScope(stmt)) return;
    for (const block of stmtBlocks(stmt)) this.block(block, block.at(-1)?.end ?? end);
  }

  #binds(stmt: Stmt, end: number): void {
    switch (stmt.kind) {
      case 'FunctionDef':
        return this.add(stmt.name, { kind: 'def', def: stmt }, stmt.nameSpan, end);
      case 'ClassDef':
        return this.add(stmt.name, { kind: 'class', def: stmt }, stmt.nameSpan, end);
      case 'Assign':
        for (const target of stmt.targets) {
          this.target(target, (steps) => ({ kind: 'assign', value: stmt.value, annotation: stmt.annotation, steps }), { visible: stmt.end, blockEnd: end });
        }
        return;
      case 'For':
        return this.target(stmt.target, (steps) => ({ kind: 'for', iter: stmt.iter, steps }), { visible: stmt.iter.end, blockEnd: end });
      case 'With':
        for (const item of stmt.items) if (item.target !== null) this.target(item.target, () => ({ kind: 'with', context: item.context }), { visible: item.context.end, blockEnd: end });
        return;
      case 'Try':
        for (const handler of stmt.handlers) {
          if (handler.name !== null) this.add(handler.name, { kind: 'except', type: handler.type }, handler, handler.end);
        }
        return;
      case 'Match':
        for (const item of stmt.cases) for (const name of item.binds) this.add(name.id, { kind: 'other' }, name, item.end);
        return;
      case 'Import':
      case 'ImportFrom':
        return this.#imports(stmt, end);
      case 'Global':
        for (const name of stmt.names) this.#globals.add(name);
        return;
      case 'Nonlocal':
        for (const name of stmt.names) this.#nonlocals.add(name);
    }
  }

  #imports(stmt: Extract<Stmt, { kind: 'Import' | 'ImportFrom' }>, end: number): void {
    for (const { name, as } of stmt.names) {
      if (stmt.kind === 'Import') {
        const bound = as ?? name.split('.', 1)[0] ?? name;
        this.add(bound, { kind: 'import', module: as === null ? bound : name, whole: as !== null }, stmt, end);
      } else if (name === '*') this.#stars.push({ level: stmt.level, module: stmt.module });
      else this.add(as ?? name, { kind: 'from', level: stmt.level, module: stmt.module, name }, stmt, end);
    }
  }

  #walrus(expr: Expr, end: number): void {
    walkExpr(expr, (part) => {
      if (part.kind === 'NamedExpr') {
        this.add(part.target.id, { kind: 'assign', value: part.value, annotation: null, steps: [] }, part.target, end, part.end);
      }
    });
  }
}

/** The bindings that a use at `at` may see: the last one that always runs before it, and those that may run after that one. */
export function reaching(bindings: readonly Binding[], at: number): readonly Binding[] {
  const before = bindings.filter((binding) => binding.visible <= at);
  const last = before.findLastIndex((binding) => binding.blockEnd >= at);
  return last > 0 ? before.slice(last) : before.length > 0 ? before : bindings;
}
