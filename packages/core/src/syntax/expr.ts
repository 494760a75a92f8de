import type { Span } from '../text/index.ts';

/**
 * The Python expressions that danglint reasons about, named after CPython's `ast` classes. Plain data with spans: it can be
 * serialised, and nothing in it points back into the parser.
 */
export type Expr =
  | Name
  | Attribute
  | Call
  | Subscript
  | Constant
  | JoinedStr
  | Sequence
  | Dict
  | Comprehension
  | Lambda
  | IfExp
  | BoolOp
  | UnaryOp
  | BinOp
  | Compare
  | NamedExpr
  | Await
  | Yield
  | Starred
  | Slice
  | OtherExpr;

export interface Name extends Span {
  readonly kind: 'Name';
  readonly id: string;
}
export interface Attribute extends Span {
  readonly kind: 'Attribute';
  readonly value: Expr;
  readonly attr: string;
}
export interface Call extends Span {
  readonly kind: 'Call';
  readonly func: Expr;
  readonly args: readonly Argument[];
}
/** One argument of a call: positional (`name` null), keyword, `*value` (star 1) or `**value` (star 2). */
export interface Argument {
  readonly name: string | null;
  readonly star: 0 | 1 | 2;
  readonly value: Expr;
}
export interface Subscript extends Span {
  readonly kind: 'Subscript';
  readonly value: Expr;
  readonly index: Expr;
}
export interface Constant extends Span {
  readonly kind: 'Constant';
  readonly type: 'str' | 'bytes' | 'number' | 'bool' | 'none' | 'ellipsis';
  /** The value of a string without escapes, a number's source text, 'True' or 'False'. */
  readonly value: string;
}
/** An f-string; `values` are its interpolated expressions, `head` and `tail` the letters in front of the first and behind the last. */
export interface JoinedStr extends Span {
  readonly kind: 'JoinedStr';
  readonly head: string;
  readonly tail: string;
  readonly values: readonly Expr[];
}
export interface Sequence extends Span {
  readonly kind: 'Tuple' | 'List' | 'Set';
  readonly elts: readonly Expr[];
}
export interface Dict extends Span {
  readonly kind: 'Dict';
  /** A null key is a `**value` entry. */
  readonly entries: readonly { readonly key: Expr | null; readonly value: Expr }[];
}
export interface Comprehension extends Span {
  readonly kind: 'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp';
  readonly element: Expr;
  /** The value of a dict comprehension; its key is `element`. */
  readonly value: Expr | null;
  readonly generators: readonly ComprehensionFor[];
}
export interface ComprehensionFor {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
}
export interface Lambda extends Span {
  readonly kind: 'Lambda';
  readonly params: readonly Param[];
  readonly body: Expr;
}
export interface IfExp extends Span {
  readonly kind: 'IfExp';
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface BoolOp extends Span {
  readonly kind: 'BoolOp';
  readonly op: 'and' | 'or';
  readonly left: Expr;
  readonly right: Expr;
}
export interface UnaryOp extends Span {
  readonly kind: 'UnaryOp';
  readonly op: 'not' | '-' | '+' | '~';
  readonly operand: Expr;
}
export interface BinOp extends Span {
  readonly kind: 'BinOp';
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}
/** A chained comparison: `operands.length === ops.length + 1`. Operators are `==`, `is`, `is not`, `in`, `not in`, ... */
export interface Compare extends Span {
  readonly kind: 'Compare';
  readonly operands: readonly Expr[];
  readonly ops: readonly string[];
}
export interface NamedExpr extends Span {
  readonly kind: 'NamedExpr';
  readonly target: Name;
  readonly value: Expr;
}
export interface Await extends Span {
  readonly kind: 'Await';
  readonly value: Expr;
}
export interface Yield extends Span {
  readonly kind: 'Yield';
  readonly value: Expr | null;
  readonly from: boolean;
}
export interface Starred extends Span {
  readonly kind: 'Starred';
  readonly value: Expr;
}
export interface Slice extends Span {
  readonly kind: 'Slice';
  readonly parts: readonly Expr[];
}
/** Anything else that is valid Python, or broken: its parts are still looked at. */
export interface OtherExpr extends Span {
  readonly kind: 'Other';
  readonly children: readonly Expr[];
}

export interface Param extends Span {
  readonly name: string;
  readonly annotation: Expr | null;
  readonly default: Expr | null;
  /** 0 plain, 1 `*args`, 2 `**kwargs`. */
  readonly star: 0 | 1 | 2;
}
