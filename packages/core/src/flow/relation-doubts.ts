import { type FunctionInfo, type ModelRef, parts, type Program } from '../project/index.ts';
import {
  type Attribute,
  type Call,
  dottedName,
  type Expr,
  isNone,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import type { SiteIndex } from './site-index.ts';
import { isTestCode } from './test-code.ts';

/** What asks for rows, and names the relation by a keyword when it asks whether there is one. */
const ASKING = ['filter', 'exclude', 'get', 'Q', 'When'];

/** Knows what a program itself says of reverse one-to-ones: that their rows may be missing. */
export class RelationDoubts {
  readonly #program: Program;
  readonly #sites: SiteIndex;
  #doubted: ReadonlyMap<string, number> | null = null;

  constructor(program: Program, sites: SiteIndex) {
    this.#program = program;
    this.#sites = sites;
  }

  /** Something in the program takes the row for one that may be missing. */
  any(accessor: string, model: ModelRef): boolean {
    return (
      this.named(accessor, model) ||
      this.#sites
        .reads(accessor)
        .some(({ expr, place }) => !isTestCode(place.fn.path) && isAskedFor(expr, place.fn))
    );
  }

  /** Something asks for the relation by its name, or writes the row where there is none. */
  named(accessor: string, model: ModelRef): boolean {
    return this.count(accessor, model) > 0;
  }

  /** In how many places something does so. */
  count(accessor: string, model: ModelRef): number {
    this.#doubted ??= this.#askedNames();
    return (this.#doubted.get(accessor) ?? 0) + this.#madeWhereMissing(model);
  }

  /** Names that something asks for as text, and relations that a query asks for. */
  #askedNames(): ReadonlyMap<string, number> {
    const out = new Map<string, number>();
    const add = (name: string): unknown => out.set(name, (out.get(name) ?? 0) + 1);
    for (const { expr, place } of this.#calls('hasattr', 'getattr')) {
      if (isTestCode(place.fn.path)) continue;
      const name = expr.args[1]?.value;
      const asks = expr.func.kind === 'Name' && (expr.func.id === 'hasattr' || expr.args.length === 3);
      if (asks && name?.kind === 'Constant' && name.type === 'str') add(name.value);
    }
    for (const { expr } of this.#calls(...ASKING))
      for (const { name, value } of expr.args) {
        if (name?.endsWith('__isnull') === true) add(name.split('__').at(-2) ?? '');
        else if (name !== null && isNone(value)) add(name.split('__').at(-1) ?? '');
      }
    return out;
  }

  #calls(...names: readonly string[]): readonly { expr: Call; place: FoundLookup['place'] }[] {
    return names.flatMap((name) => this.#sites.calls(name));
  }

  /** How many reads stand in a `try` whose handler is about missing rows of the model, or of one that is not known. */
  answers(accessor: string, model: ModelRef): number {
    return this.#sites.reads(accessor).filter(({ place }) => {
      if (isTestCode(place.fn.path)) return false;
      for (let { frame } = place; frame !== null; frame = frame.parent) {
        if (frame.kind !== 'try') continue;
        const refs = frame.stmt.handlers.flatMap(({ type }) =>
          type === null ? [] : resolveExceptions(this.#program, type, place.fn),
        );
        if (refs.some((ref) => mayMiss(this.#program, ref, model))) return true;
      }
      return false;
    }).length;
  }

  /** `Profile.objects.get_or_create(user=user)`: whoever needs the row writes it. */
  #madeWhereMissing({ key }: ModelRef): number {
    return this.#calls('get_or_create', 'update_or_create').filter(({ expr, place }) => {
      const rows: Expr | null = expr.func.kind === 'Attribute' ? expr.func.value : null;
      return (
        rows !== null &&
        !isTestCode(place.fn.path) &&
        parts(this.#program.infer.expr(rows, place.fn)).some(
          (type) => (type.t === 'manager' || type.t === 'queryset') && type.rows.model.key === key,
        )
      );
    }).length;
  }
}

/** The exception of a missing row of the model, as far as anybody can tell. */
function mayMiss(program: Program, ref: ExceptionRef, model: ModelRef): boolean {
  if (ref.kind !== 'missing') return ref.kind === 'object-missing';
  return ref.model === null || sameModel(program, ref.model, model) || sameModel(program, model, ref.model);
}

/** `if user.profile:`, `user.profile and ...`: the function takes a missing row for None. An `assert` says that it is there. */
export function isAskedFor(read: Attribute, fn: FunctionInfo): boolean {
  const name = dottedName(read);
  const isSame = (part: Expr): boolean =>
    part.kind === 'Attribute' && part.attr === read.attr && dottedName(part) === name;
  let asked = false;
  const test = (expr: Expr): void => {
    asked ||= isSame(expr);
    if (expr.kind === 'UnaryOp') test(expr.operand);
    if (expr.kind === 'BoolOp') [expr.left, expr.right].forEach(test);
    if (
      expr.kind === 'Compare' &&
      expr.operands.some((side) => side.kind === 'Constant' && side.type === 'none')
    )
      expr.operands.forEach(test);
  };
  if (name === null) return false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.kind === 'If' || stmt.kind === 'While') test(stmt.test);
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'IfExp') test(part.test);
        if (part.kind === 'BoolOp') test(part.left);
      });
  });
  return asked;
}
