import {
  type CallSite,
  type ClassInfo,
  type ClassKind,
  type FunctionInfo,
  parts,
  type Place,
  type Program,
  type Rows,
  sitesOf,
} from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Argument, Call, Expr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ownCalls } from './own-checks.ts';
import { isReceiver } from './signals.ts';
import { lastName } from './site-table.ts';
import { isTestCode } from './test-code.ts';
import type { Origin, OriginKind } from './verdict.ts';
import { onlyForSome } from './written-if.ts';

/**
 * Models whose row is written together with the row they hang on: a `post_save` receiver or the parent's own `save` creates
 * it. Reading their reverse one-to-one is fine.
 */
export class BornWith {
  readonly #graph: CallGraph;
  readonly #entries: EntryPoints;
  readonly #program: Program;
  readonly #known = new Map<ClassInfo, Creation | null>();

  constructor(graph: CallGraph, entries: EntryPoints) {
    this.#graph = graph;
    this.#entries = entries;
    this.#program = graph.program;
  }

  /**
   * True for a row of its own that a parent is asked for, when each parent is saved with one: any of them, or the one for this or
   * that, where the rows are written in a loop over all there is; what comes from outside may name something there is not.
   */
  has({ expr, rows, model, place }: FoundLookup, origins: readonly Origin[]): boolean {
    if (rows === null || model.cls === null || expr.kind !== 'Call') return false;
    const creation = this.creation(model.cls);
    if (!rows.related)
      return (
        creation !== null &&
        this.#kindOf(creation.by) !== 'manager' &&
        this.#isOfParent(expr, rows, model.cls, place.fn, origins)
      );
    const any = expr.args.length === 0 && rows.chain.every(({ call }) => call.args.length === 0);
    return (
      creation !== null && (any || (creation.forAll && !origins.some(({ kind }) => FROM_OUTSIDE.has(kind))))
    );
  }

  /**
   * True for the rows of a parent that is saved with one, chosen by nothing but constants: `order.addresses.filter(kind="home")`,
   * `Settings.objects.filter(user=request.user)`.
   */
  hasFirst({ related, model: { cls }, chain }: Rows): boolean {
    if (cls === null) return false;
    const asked = chain.flatMap(({ method, call }) => (method === 'order_by' ? [] : call.args));
    const parents = asked.filter((arg) => isOfNamed(this.#program, cls, arg));
    const rest = asked.filter((arg) => !parents.includes(arg));
    return (
      asked.length > 0 &&
      parents.length === (related ? 0 : 1) &&
      rest.every(({ name, value }) => name !== null && value.kind === 'Constant') &&
      this.creation(cls) !== null
    );
  }

  /** `Profile.objects.get(user=user)`: the one row of a parent that is at hand, by the relation alone. */
  #isOfParent(
    call: Call,
    { chain }: Rows,
    cls: ClassInfo,
    fn: FunctionInfo,
    origins: readonly Origin[],
  ): boolean {
    const [only, other] = call.args;
    if (only?.name == null || other !== undefined || chain.some((link) => link.call.args.length > 0))
      return false;
    const field = this.#program.models.field(cls, only.name);
    if (field?.kind !== 'fk' && field?.kind !== 'o2o') return false;
    if (mayBeNone(only.value, fn)) return false;
    const isRow = parts(this.#program.infer.expr(only.value, fn)).some(({ t }) => t === 'row');
    return isRow || !origins.some(({ kind }) => FROM_OUTSIDE.has(kind));
  }

  /** What creates a row of the model whenever its parent is saved; null when nothing does. */
  creation(cls: ClassInfo): Creation | null {
    const known = this.#known.get(cls);
    if (known !== undefined) return known;
    this.#known.set(cls, null);
    const found = this.#find(cls);
    this.#known.set(cls, found);
    return found;
  }

  /** True for a model of which a parent's `save`, or a receiver of it, writes rows at least for some parents. */
  forSome(cls: ClassInfo): boolean {
    return this.#writes(cls, (fn) => this.#runsOnSave(fn)).length > 0;
  }

  /** True for a model whose rows the program writes itself, in code that runs after an installation. */
  isWritten(cls: ClassInfo): boolean {
    const outside = ({ path }: FunctionInfo): boolean =>
      isTestCode(path) || /(^|\/)\w*migrations\//.test(path);
    return this.#writes(cls, (fn) => !outside(fn)).length > 0;
  }

  #find(cls: ClassInfo): Creation | null {
    const places = this.#writes(cls, (fn) => this.#runsOnSave(fn));
    const place =
      places.find((one) => !onlyForSome(this.#program, one)) ??
      places.find((one) => places.some((other) => other !== one && other.fn === one.fn));
    return place === undefined ? null : { by: place.fn, forAll: place.loop !== null };
  }

  /** The places in wanted code where a row of a model is made. */
  #writes(cls: ClassInfo, isWanted: (fn: FunctionInfo) => boolean): readonly Place[] {
    const sites = [
      ...['get_or_create', 'create', 'update_or_create'].flatMap((name) => this.#graph.sites.calls(name)),
      ...this.#graph.sites.calls(cls.name),
      ...this.#graph.sites.calls('get_model').flatMap(({ expr, place }) => callOf(expr, place.fn)),
    ];
    return sites.flatMap(({ expr, place }) => {
      if (!isWanted(place.fn)) return [];
      const target =
        expr.func.kind === 'Attribute' && expr.func.attr !== cls.name ? expr.func.value : expr.func;
      const hit = parts(this.#program.infer.expr(target, place.fn)).some((type) => {
        if (type.t === 'manager' || type.t === 'queryset') return type.rows.model.cls === cls;
        return type.t === 'model' && type.model.cls === cls;
      });
      return hit ? [place] : [];
    });
  }

  /** A method that the model's own `save` calls. */
  #isPartOfSave(fn: FunctionInfo, cls: ClassInfo): boolean {
    const save = this.#program.hierarchy.member(cls, 'save')?.method;
    return save != null && ownCalls(this.#program, cls, save).includes(fn);
  }

  #kindOf({ cls }: FunctionInfo): ClassKind | null {
    return cls === null ? null : this.#program.hierarchy.kind(cls);
  }

  #runsOnSave(fn: FunctionInfo): boolean {
    if (this.#entries.of(fn) === 'receiver') return isReceiver(this.#graph.sites, fn, WRITTEN);
    if (!fn.isMethod || fn.cls === null) return false;
    const kind = this.#kindOf(fn);
    if (kind === 'model' && fn.name !== 'save') return this.#isPartOfSave(fn, fn.cls);
    return (kind === 'model' && fn.name === 'save') || (kind === 'manager' && /^_?create/.test(fn.name));
  }
}

/** `apps.get_model("shop", "profile")(user=user)`: the call of what another call gives. */
function callOf(made: Call, fn: FunctionInfo): readonly CallSite[] {
  return sitesOf(fn).flatMap((site) => (site.kind === 'call' && site.expr.func === made ? [site] : []));
}

/** `user=request.user`, `order=self.order`: a relation, and what is called like it. */
function isOfNamed({ models }: Program, cls: ClassInfo, { name, value }: Argument): boolean {
  const field = name === null ? null : models.field(cls, name);
  return (field?.kind === 'fk' || field?.kind === 'o2o') && lastName(value) === name;
}

/** A name that is None on one of the ways to its use. */
function mayBeNone(value: Expr, fn: FunctionInfo): boolean {
  return (
    value.kind === 'Name' &&
    reaching(fn.scope.bindings.get(value.id) ?? [], value.start).some(
      ({ source }) =>
        source.kind === 'assign' && source.value?.kind === 'Constant' && source.value.type === 'none',
    )
  );
}

/** Signals that come with a row that is written, or a user's. */
const WRITTEN = /^(post_save|pre_save|user_signed_up|user_logged_in)$/;

/** Keys that somebody sent. */
const FROM_OUTSIDE: ReadonlySet<OriginKind> = new Set(['request', 'json', 'message']);

/** A creation of rows that goes with the creation of their parent. */
export interface Creation {
  readonly by: FunctionInfo;
  /** True when it runs in a loop: one row for everything there is. */
  readonly forAll: boolean;
}
