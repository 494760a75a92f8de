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
  type Match,
  type Stmt,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { BornWith } from './born-with.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ownCalls } from './own-checks.ts';
import { ranBefore } from './ran-before.ts';
import type { SiteIndex } from './site-index.ts';
import { isAskedFor, RelationDoubts } from './relation-doubts.ts';
import { isTestCode } from './test-code.ts';
import { assignedIn, formChecks, viewHooks } from './view-hooks.ts';
import { leavesEarly } from './written-if.ts';

/** So many functions that read a relation without a question rely on its row. */
const MANY = 3;

/** So many times more functions that read a relation than there are places that answer it, or ask for a user's. */
const FAR_MORE = 5;

/**
 * Knows reverse one-to-ones that a program reads as if their row were always there: those to a child of the row's own model, which
 * says what the row is; those whose parents are only found with one; those of which it writes the row for one kind of parents, whose
 * code reads it; and those that no handler answers and many of its functions read, or nothing questions and no user has. Not so where the function takes the relation for None (`if order.invoice:`), and for a
 * user, who may be anybody, where `hasattr`, a default, `profile__isnull` or `get_or_create` anywhere says that the row may be missing.
 */
export class ReliedOn {
  readonly #program: Program;
  readonly #sites: SiteIndex;
  readonly #bornWith: BornWith;
  readonly #byModel = new Map<string, boolean>();
  readonly #doubts: RelationDoubts;

  constructor({ program, sites }: CallGraph, bornWith: BornWith) {
    this.#program = program;
    this.#sites = sites;
    this.#bornWith = bornWith;
    this.#doubts = new RelationDoubts(program, sites);
  }

  has({ form, expr, model, place }: FoundLookup): boolean {
    if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || model.cls === null) return false;
    const { cls } = model;
    if (isOfKind(expr, place.fn) || this.#isPermitted(expr, place.fn)) return true;
    const owners = this.#ownersOf(expr, place.fn);
    if (
      owners.some(
        (owner) => isChild(this.#program, model, owner, expr.attr) || this.#isLeftOut(owner, expr.attr),
      )
    )
      return true;
    if (isAskedFor(expr, place.fn)) return this.#bornWith.forSome(cls);
    const doubts = isOfUser(expr) ? this.#doubts.count(expr.attr, model) : 0;
    const key = `${cls.key} ${expr.attr} ${String(doubts)}`;
    const known = this.#byModel.get(key);
    if (known !== undefined) return known;
    const asked = doubts + this.#doubts.answers(expr.attr, model);
    const found =
      this.#bornWith.forSome(cls) ||
      this.#isReadByMany(expr.attr, model, Math.max(MANY, asked * FAR_MORE)) ||
      (asked === 0 && !this.#isOfAnybody(expr, place.fn) && !this.#doubts.any(expr.attr, model));
    this.#byModel.set(key, found);
    return found;
  }

  /** `request.user.staff` in a view whose permission class, or form, asks whether the user has one. */
  #isPermitted({ value, attr }: Attribute, fn: FunctionInfo): boolean {
    const name = dottedName(value) ?? '';
    if (fn.cls === null || !/(^|\.)user$/.test(name)) return false;
    const checks = fn.name === 'form_valid' ? formChecks(this.#program, fn.cls) : [];
    return [...viewHooks(this.#program, fn.cls, fn), ...checks].some(({ cls, fn: hook }) => {
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

  /** The manager of the row's model leaves out the rows that have none: `get_queryset()` with `exclude(profile=None)`. */
  #isLeftOut(owner: ModelRef, accessor: string): boolean {
    const manager = this.#program.models.manager(owner, '_default_manager')?.cls ?? null;
    const method =
      manager === null ? null : (this.#program.hierarchy.member(manager, 'get_queryset')?.method ?? null);
    return (
      method !== null &&
      sitesOf(method).some((site) => site.kind === 'call' && isRequired(site.expr, accessor))
    );
  }

  /** A user, or what belongs to one under another name: nothing says that whoever signs in has the row. */
  #isOfAnybody(read: Attribute, fn: FunctionInfo): boolean {
    const user = this.#program.models.userModel();
    return this.#ownersOf(read, fn).some(
      ({ key, cls }) =>
        key === user.key || (cls !== null && this.#program.hierarchy.mro(cls).includes(user.cls ?? user.key)),
    );
  }

  #isReadByMany(accessor: string, model: ModelRef, many: number): boolean {
    const readers = new Set<string>();
    for (const { expr, place } of this.#sites.reads(accessor)) {
      const { fn } = place;
      if (isTestCode(fn.path) || expr.kind !== 'Attribute') continue;
      const reads = this.#ownersOf(expr, fn).some(
        (owner) => this.#program.models.reverse(owner, accessor)?.model.key === model.key,
      );
      if (reads) readers.add(`${fn.path}:${fn.qualname}`);
      if (readers.size >= many) return true;
    }
    return false;
  }
}

/** `exclude(profile=None)`, `filter(profile__isnull=False)`: rows without the relation are left out. */
function isRequired({ func, args }: Call, accessor: string): boolean {
  const method = func.kind === 'Attribute' ? func.attr : '';
  return args.some(({ name, value }) => {
    if (value.kind !== 'Constant') return false;
    if (name === accessor) return method === 'exclude' && value.type === 'none';
    return (
      name === `${accessor}__isnull` &&
      ((method === 'filter' && value.value === 'False') || (method === 'exclude' && value.value === 'True'))
    );
  });
}

/** The user that a request comes with: nothing says that whoever signs in has the row. */
function isOfUser({ value }: Attribute): boolean {
  return /(^|\.)user$/.test(dottedName(value) ?? '');
}

/** `if order.source == "card":` around the read of `order.payment`, or an early leave: of which kind the row is says what it has. */
function isOfKind(read: Attribute, fn: FunctionInfo): boolean {
  const { start, end } = read;
  const owner = dottedName(read.value);
  if (owner === null) return false;
  const tests = (stmt: Stmt): boolean => stmt.kind === 'If' && comparesColumn(stmt.test, owner);
  let around = false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.start > start || end > stmt.end) return;
    around ||= stmt.kind === 'If' && tests(stmt) && stmt.test.end <= start;
    around ||= stmt.kind === 'Match' && isColumnOf(stmt.subject, owner) && isCase(stmt, read);
  });
  const left = (stmt: Stmt): boolean => stmt.kind === 'If' && tests(stmt) && leavesEarly(stmt.body);
  return around || ranBefore(fn.body, read).some(left);
}

function comparesColumn(test: Expr, owner: string): boolean {
  let found = false;
  walkExpr(test, (part) => {
    found ||= part.kind === 'Compare' && part.operands.some((side) => isColumnOf(side, owner));
  });
  return found;
}

function isColumnOf(side: Expr, owner: string): boolean {
  return side.kind === 'Attribute' && dottedName(side.value) === owner && !/^(pk|id)$/.test(side.attr);
}

/** `case Kind.CARD:`; `case _:` is for rows of any kind. */
function isCase({ cases }: Match, { start, end }: Expr): boolean {
  return cases.some((item) => item.start <= start && end <= item.end && !item.irrefutable);
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
