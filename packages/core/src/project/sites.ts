import type { Binder } from '../scope/index.ts';
import type {
  Attribute,
  Call,
  Comprehension,
  Expr,
  Handler,
  ImportFrom,
  Lambda,
  Raise,
  Return,
  Stmt,
  Subscript,
  Try,
  With,
  WithItem,
} from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';

/** What stands around a place and may answer an exception, innermost first through `parent`. */
export type Frame =
  | { readonly kind: 'try'; readonly stmt: Try; readonly parent: Frame | null }
  /** Inside a handler's body: answers nothing itself. */
  | { readonly kind: 'handler'; readonly stmt: Try; readonly handler: Handler; readonly parent: Frame | null }
  | { readonly kind: 'with'; readonly stmt: With; readonly item: WithItem; readonly parent: Frame | null };

/** Where an expression is evaluated. */
export interface Place {
  readonly fn: FunctionInfo;
  /** The innermost statement that holds it. */
  readonly stmt: Stmt;
  readonly frame: Frame | null;
  /** The innermost `for`, `while` or comprehension of this function around it. */
  readonly loop: Stmt | Comprehension | null;
  /** The lambda or generator expression whose body it stands in: it runs later than its statement. */
  readonly deferred: Lambda | Comprehension | null;
}

export type CodeSite =
  | { readonly kind: 'call'; readonly expr: Call; readonly place: Place }
  /** A read of an attribute that is not called on the spot. */
  | { readonly kind: 'attribute'; readonly expr: Attribute; readonly place: Place }
  | { readonly kind: 'raise'; readonly stmt: Raise; readonly place: Place }
  | { readonly kind: 'yield'; readonly expr: Expr; readonly place: Place }
  /** `rows[0]`. */
  | { readonly kind: 'first'; readonly expr: Subscript; readonly place: Place }
  | { readonly kind: 'map'; readonly expr: Comprehension; readonly place: Place };

export type CallSite = Extract<CodeSite, { kind: 'call' }>;
export type AttributeSite = Extract<CodeSite, { kind: 'attribute' }>;

/** What a function's own body has, in source order. Nested functions and classes have their own. */
export interface FunctionSites {
  /** All calls, attribute reads, raises, yields, first items and dictionary comprehensions. */
  readonly sites: readonly CodeSite[];
  readonly tries: readonly Try[];
  readonly withs: readonly With[];
  readonly returns: readonly Return[];
  /** Assignments and loops, each with what its target is given: a value, or the items of one. */
  readonly given: readonly Given[];
  /** Imports that give something another name. */
  readonly imports: readonly ImportFrom[];
  /** Lambdas, comprehensions and `:=`, outer ones first. */
  readonly binders: readonly Binder[];
}

export interface Given {
  readonly target: Expr;
  readonly value: Expr;
  readonly by: 'assignment' | 'loop';
}
