import type { Span } from '../text/index.ts';

/**
 * The Python syntax that danglint reasons about, named after CPython's `ast` classes. Plain data with spans: it can be
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
/** An f-string; `values` are its interpolated expressions. */
export interface JoinedStr extends Span {
  readonly kind: 'JoinedStr';
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

export type Stmt =
  | FunctionDef
  | ClassDef
  | Assign
  | AugAssign
  | ExprStmt
  | Return
  | Raise
  | If
  | For
  | While
  | Try
  | With
  | Match
  | Import
  | ImportFrom
  | Delete
  | Assert
  | ScopeDecl
  | Jump;

export interface FunctionDef extends Span {
  readonly kind: 'FunctionDef';
  readonly name: string;
  readonly nameSpan: Span;
  readonly params: readonly Param[];
  readonly returns: Expr | null;
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  readonly async: boolean;
  /** True when the body itself holds a `yield`. */
  readonly generator: boolean;
}
export interface ClassDef extends Span {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
}
/** `a = b = value` has two targets; an annotated declaration may have no value. */
export interface Assign extends Span {
  readonly kind: 'Assign';
  readonly targets: readonly Expr[];
  readonly annotation: Expr | null;
  readonly value: Expr | null;
}
export interface AugAssign extends Span {
  readonly kind: 'AugAssign';
  readonly target: Expr;
  readonly value: Expr;
}
export interface ExprStmt extends Span {
  readonly kind: 'ExprStmt';
  readonly value: Expr;
}
export interface Return extends Span {
  readonly kind: 'Return';
  readonly value: Expr | null;
}
export interface Raise extends Span {
  readonly kind: 'Raise';
  readonly exc: Expr | null;
  readonly cause: Expr | null;
}
/** `elif` is an `If` alone in `orelse`; `elif: true` on it. */
export interface If extends Span {
  readonly kind: 'If';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
  readonly elif: boolean;
}
export interface For extends Span {
  readonly kind: 'For';
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
  readonly async: boolean;
}
export interface While extends Span {
  readonly kind: 'While';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface Try extends Span {
  readonly kind: 'Try';
  readonly body: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface Handler extends Span {
  /** Null for a bare `except:`. */
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}
export interface With extends Span {
  readonly kind: 'With';
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
  readonly async: boolean;
}
export interface WithItem {
  readonly context: Expr;
  readonly target: Expr | null;
}
export interface Match extends Span {
  readonly kind: 'Match';
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Span {
  /** Names that the pattern binds. */
  readonly binds: readonly Name[];
  /** True for `case None:`. */
  readonly none: boolean;
  /** True for `case _:` or a bare capture without guard. */
  readonly irrefutable: boolean;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}
export interface Import extends Span {
  readonly kind: 'Import';
  readonly names: readonly { readonly name: string; readonly as: string | null }[];
}
export interface ImportFrom extends Span {
  readonly kind: 'ImportFrom';
  /** Dots before the module: 0 for an absolute import. */
  readonly level: number;
  readonly module: string;
  /** `*` stands for a star import. */
  readonly names: readonly { readonly name: string; readonly as: string | null }[];
}
export interface Delete extends Span {
  readonly kind: 'Delete';
  readonly targets: readonly Expr[];
}
export interface Assert extends Span {
  readonly kind: 'Assert';
  readonly test: Expr;
  readonly msg: Expr | null;
}
export interface ScopeDecl extends Span {
  readonly kind: 'Global' | 'Nonlocal';
  readonly names: readonly string[];
}
export interface Jump extends Span {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}

/** A comment, its `#` included, up to the end of its line. */
export interface Comment extends Span {
  readonly text: string;
  /** True when nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}
