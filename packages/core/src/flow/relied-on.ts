import {
  type ClassInfo,
  type FunctionInfo,
  type ModelRef,
  parts,
  type Program,
  sitesOf,
} from '../project/index.ts';
import {
  type Attribute,
  type Call,
  dottedName,
  type Expr,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { BornWith } from './born-with.ts';
import type { CallGraph } from './call-graph.ts';
import { resolveExceptions } from './exceptions.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ownCalls } from './own-checks.ts';
import { ranBefore } from './ran-before.ts';
import type { SiteIndex } from './site-index.ts';
import { isTestCode } from './test-code.ts';
import { assignedIn, viewHooks } from './view-hooks.ts';
import { leavesEarly } from './written-if.ts';

/** So many functions that read a relation without a question rely on its row. */
const MANY = 3;

/** What asks for rows, and names the relation by a keyword when it asks whether there is one. */
const ASKING = ['filter', 'exclude', 'get', 'Q', 'When'];

/**
 * Knows reverse one-to-ones that a program reads as if their row were always there: those to a child of the row's own model, which
 * says what the row is; those of which it writes the row for one kind of parents, whose code reads it; and those that many of its
 * functions read and no handler answers. Not so where the function takes the relation for None (`if order.invoice:`), and for a
 * user, who may be anybody, where `hasattr`, a default, `profile__isnull` or `get_or_create` anywhere says that the row may be missing.
 */
export class ReliedOn {
  readonly #program: Program;
  readonly #sites: SiteIndex;
  readonly #bornWith: BornWith;
  readonly #byModel = new Map<string, boolean>();
  #doubted: ReadonlySet<string> | null = null;

  constructor({ program, sites }: CallGraph, bornWith: BornWith) {
    this.#program = program;
    this.#sites = sites;
    this.#bornWith = bornWith;
  }

  has({ form, expr, model, place }: FoundLookup): boolean {
    if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || model.cls === null) return false;
    const { cls } = model;
    if (isOfKind(expr, place.fn) || this.#isPermitted(expr, place.fn)) return true;
    if (this.#ownersOf(expr, place.fn).some((owner) => isChild(this.#program, model, owner, expr.attr)))
      return true;
    if (isAsked(expr, place.fn) || (isOfUser(expr) && this.#isDoubted(expr.attr, model)))
      return this.#bornWith.forSome(cls);
    const key = `${cls.key} ${expr.attr}`;
    const known = this.#byModel.get(key);
    if (known !== undefined) return known;
    const found =
      this.#bornWith.forSome(cls) || (!this.#isAnswered(expr.attr) && this.#isReadByMany(expr.attr, model));
    this.#byModel.set(key, found);
    return found;
  }

  /** `request.user.staff` in a view whose permission class asks whether the user has one. */
  #isPermitted({ value, attr }: Attribute, fn: FunctionInfo): boolean {
    const name = dottedName(value) ?? '';
    if (fn.cls === null || !/(^|\.)user$/.test(name)) return false;
    return viewHooks(this.#program, fn.cls, fn).some(({ cls, fn: hook }) => {
      const all = [hook, ...(cls === null ? [] : ownCalls(this.#program, cls, hook))];
      return all.some((part) =>
        sitesOf(part).some((site) => site.kind === 'call' && this.#asks(site.expr, attr, cls)),
      );
    });
  }

  /** `hasattr(user, "staff")`, also where the name stands in the class: `hasattr(user, self.role)`. */
  #asks({ func, args }: Call, attr: string, cls: ClassInfo | null): boolean {
    const name = func.kind === 'Name' && /^(hasattr|getattr)$/.test(func.id) ? args[1]?.value : undefined;
    const held =
      name?.kind === 'Attribute' && cls !== null ? assignedIn(this.#program, cls, name.attr)?.expr : name;
    return held?.kind === 'Constant' && held.value === attr;
  }

  #ownersOf({ value }: Attribute, fn: FunctionInfo): readonly ModelRef[] {
    return parts(this.#program.infer.expr(value, fn)).flatMap((type) =>
      type.t === 'row' ? [type.model] : [],
    );
  }

  #isReadByMany(accessor: string, model: ModelRef): boolean {
    const readers = new Set<string>();
    for (const { expr, place } of this.#sites.reads(accessor)) {
      const { fn } = place;
      if (isTestCode(fn.path) || expr.kind !== 'Attribute') continue;
      const reads = this.#ownersOf(expr, fn).some(
        (owner) => this.#program.models.reverse(owner, accessor)?.model.key === model.key,
      );
      if (reads) readers.add(`${fn.path}:${fn.qualname}`);
      if (readers.size >= MANY) return true;
    }
    return false;
  }

  #isDoubted(accessor: string, model: ModelRef): boolean {
    this.#doubted ??= this.#askedNames();
    return this.#doubted.has(accessor) || this.#isMadeWhereMissing(model);
  }

  /** Names that something asks for as text, and relations that a query asks for. */
  #askedNames(): ReadonlySet<string> {
    const out = new Set<string>();
    for (const { expr, place } of this.#calls('hasattr', 'getattr')) {
      if (isTestCode(place.fn.path)) continue;
      const name = expr.args[1]?.value;
      const asks = expr.func.kind === 'Name' && (expr.func.id === 'hasattr' || expr.args.length === 3);
      if (asks && name?.kind === 'Constant' && name.type === 'str') out.add(name.value);
    }
    for (const { expr } of this.#calls(...ASKING))
      for (const { name } of expr.args)
        if (name?.endsWith('__isnull') === true) out.add(name.split('__').at(-2) ?? '');
    return out;
  }

  #calls(...names: readonly string[]): readonly { expr: Call; place: FoundLookup['place'] }[] {
    return names.flatMap((name) => this.#sites.calls(name));
  }

  /** A read inside a `try` whose handler is about missing rows. */
  #isAnswered(accessor: string): boolean {
    return this.#sites.reads(accessor).some(({ place }) => {
      if (isTestCode(place.fn.path)) return false;
      for (let { frame } = place; frame !== null; frame = frame.parent) {
        if (frame.kind !== 'try') continue;
        const refs = frame.stmt.handlers.flatMap(({ type }) =>
          type === null ? [] : resolveExceptions(this.#program, type, place.fn),
        );
        if (refs.some(({ kind }) => kind === 'missing' || kind === 'object-missing')) return true;
      }
      return false;
    });
  }

  /** `Profile.objects.get_or_create(user=user)`: whoever needs the row writes it. */
  #isMadeWhereMissing({ key }: ModelRef): boolean {
    return this.#calls('get_or_create', 'update_or_create').some(({ expr, place }) => {
      const rows: Expr | null = expr.func.kind === 'Attribute' ? expr.func.value : null;
      return (
        rows !== null &&
        !isTestCode(place.fn.path) &&
        parts(this.#program.infer.expr(rows, place.fn)).some(
          (type) => (type.t === 'manager' || type.t === 'queryset') && type.rows.model.key === key,
        )
      );
    });
  }
}

/** The user that a request comes with: nothing says that whoever signs in has the row. */
function isOfUser({ value }: Attribute): boolean {
  return /(^|\.)user$/.test(dottedName(value) ?? '');
}

/** `if user.profile:`, `user.profile and ...`: the function takes a missing row for None. */
function isAsked(read: Attribute, fn: FunctionInfo): boolean {
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
    if (stmt.kind === 'If' || stmt.kind === 'Assert' || stmt.kind === 'While') test(stmt.test);
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'IfExp') test(part.test);
        if (part.kind === 'BoolOp') test(part.left);
      });
  });
  return asked;
}

/** `if order.source == "card":` around the read of `order.payment`, or an early leave: of which kind the row is says what it has. */
function isOfKind(read: Attribute, fn: FunctionInfo): boolean {
  const { start, end } = read;
  const owner = dottedName(read.value);
  if (owner === null) return false;
  const tests = (stmt: Stmt): boolean => stmt.kind === 'If' && comparesColumn(stmt.test, owner);
  let around = false;
  walkStmts(fn.body, (stmt) => {
    around ||=
      stmt.kind === 'If' && tests(stmt) && stmt.start <= start && end <= stmt.end && stmt.test.end <= start;
  });
  const left = (stmt: Stmt): boolean => stmt.kind === 'If' && tests(stmt) && leavesEarly(stmt.body);
  return around || ranBefore(fn.body, read).some(left);
}

function comparesColumn(test: Expr, owner: string): boolean {
  let found = false;
  walkExpr(test, (part) => {
    found ||=
      part.kind === 'Compare' &&
      part.operands.some(
        (side) =>
          side.kind === 'Attribute' && dottedName(side.value) === owner && !/^(pk|id)$/.test(side.attr),
      );
  });
  return found;
}

/** True for the way to a child of the row's model with a table of its own, or to what is linked as if it were one: `person_ptr`. */
function isChild(
  { hierarchy, models }: Program,
  { cls }: ModelRef,
  owner: ModelRef,
  accessor: string,
): boolean {
  if (models.reverse(owner, accessor)?.field.name.endsWith('_ptr') === true) return true;
  return cls !== null && owner.cls !== null && cls !== owner.cls && hierarchy.mro(cls).includes(owner.cls);
}
