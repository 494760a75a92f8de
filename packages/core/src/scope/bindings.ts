import type { Expr, Param, Stmt } from '../syntax/index.ts';
import type { InnerScope } from './inner.ts';
import type { Span } from '../text/index.ts';
import type { History } from './history.ts';

/** How a name came to be bound. */
export type BindingSource =
  | { readonly kind: 'param'; readonly param: Param; readonly index: number }
  | AssignSource
  | { readonly kind: 'for'; readonly iter: Expr; readonly steps: readonly number[] }
  | { readonly kind: 'with'; readonly context: Expr; readonly steps: readonly number[] }
  | { readonly kind: 'except'; readonly type: Expr | null }
  | { readonly kind: 'import'; readonly module: string; readonly whole: boolean }
  | { readonly kind: 'from'; readonly level: number; readonly module: string; readonly name: string }
  | { readonly kind: 'def'; readonly def: Extract<Stmt, { kind: 'FunctionDef' }> }
  | { readonly kind: 'class'; readonly def: Extract<Stmt, { kind: 'ClassDef' }> }
  | { readonly kind: 'other' };

/**
 * `steps` is the way from the value to the name through unpacking: `(a, (b, c)) = v` gives c the steps [1, 1]; -1 stands for
 * a starred part.
 */
export interface AssignSource {
  readonly kind: 'assign';
  readonly value: Expr | null;
  readonly annotation: Expr | null;
  readonly steps: readonly number[];
}

export interface Binding {
  readonly name: string;
  readonly source: BindingSource;
  /** Where the name stands. */
  readonly at: Span;
  /** What the name stands for at each place of the scope; shared by all its bindings. */
  readonly history: History;
}

/** The names that one scope binds itself. */
export interface Scope {
  /** Every binding of a name, in the order of the text. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** `from m import *` statements, last one first. */
  readonly stars: readonly { readonly level: number; readonly module: string }[];
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Of the body's own lambdas and comprehensions, outer ones first; those of nested functions and classes are not its own. */
  readonly inner: readonly InnerScope[];
}

/** One name of an assignment target, with the way to it through unpacking. */
export interface TargetName {
  readonly name: string;
  readonly at: Span;
  readonly steps: readonly number[];
}

const DIRECT: readonly number[] = [];

/** Every name that a target binds; attributes and items are no names. */
export function targetNames(target: Expr, steps: readonly number[] = DIRECT): TargetName[] {
  if (target.kind === 'Name') return [{ name: target.id, at: target, steps }];
  if (target.kind === 'Starred') return targetNames(target.value, steps);
  if (target.kind !== 'Tuple' && target.kind !== 'List') return [];
  return target.elts.flatMap((part, i) => targetNames(part, [...steps, part.kind === 'Starred' ? -1 : i]));
}
