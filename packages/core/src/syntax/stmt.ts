import type { Span } from '../text/index.ts';
import type { Argument, Expr, Name, Param } from './expr.ts';

/**
 * The statements of Python. A compound one ends where its last statement does: comments that trail it are not part of it.
 */
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
  /** True for `case None:`, and where None is one of several patterns. */
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

/** `None` and `None | ...`: the whole pattern, as it is written. */
export function namesNone(pattern: string): boolean {
  return !/["'#]/.test(pattern) && pattern.split('|').some((part) => part.trim() === 'None');
}
