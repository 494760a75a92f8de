import { LOOKUP_METHODS } from '../django/index.ts';
import {
  type CodeSite,
  type FunctionInfo,
  isSoftReference,
  type ModelRef,
  parts,
  type Place,
  type Program,
  type Reverse,
  type Rows,
  rowsMember,
  type Type,
} from '../project/index.ts';
import { type Attribute, type Call, chainStart, dottedName, type Expr } from '../syntax/index.ts';
import { accessorRows } from './accessor-rows.ts';
import { goneParent } from './deleted-together.ts';
import { DYNAMIC, dynamicRows, isQuerySet } from './dynamic-rows.ts';
import { isMadeOnMiss, replacedAccessors } from './replaced-accessors.ts';
import { RaisingCalls } from './raising-calls.ts';
import { raisingRelations } from './raising-relations.ts';
import { lastName } from './site-table.ts';
import { givesRows, isSoftened } from './softened.ts';
import type { LookupForm } from './verdict.ts';

/** A lookup as found in a function, before anything is known of who answers it. */
export interface FoundLookup {
  readonly form: LookupForm;
  readonly method: string;
  readonly expr: Call | Attribute;
  readonly place: Place;
  readonly model: ModelRef;
  /** The manager or queryset that is asked; null for descriptors and `refresh_from_db`. */
  readonly rows: Rows | null;
  /** The model was told by the name of an accessor alone. */
  readonly byName?: true;
}

/** Finds lookups among the sites of functions. */
export class LookupFinder {
  readonly #program: Program;
  readonly #methods: ReadonlyMap<string, LookupForm>;
  readonly #raising: RaisingCalls;
  /** Attribute names that some model of the program makes a raising descriptor. */
  readonly #relations: ReadonlySet<string>;

  constructor(program: Program) {
    this.#program = program;
    const extra = program.options.lookupMethods
      .filter((name) => !LOOKUP_METHODS.has(name))
      .map((name) => [name, /cache/.test(name) ? 'cached' : 'get'] as const);
    this.#methods = new Map<string, LookupForm>([...LOOKUP_METHODS, ...extra]);
    this.#relations = raisingRelations(program);
    this.#raising = new RaisingCalls(program);
  }

  /** The lookup at a site; null when it is none, or when its receiver could not be resolved. */
  at(site: CodeSite): FoundLookup | null {
    if (site.kind === 'call') return this.#call(site.expr, site.place);
    if (site.kind !== 'attribute') return null;
    return this.#relations.has(site.expr.attr)
      ? this.#relation(site.expr, site.place)
      : goneParent(this.#program, site);
  }

  #call(call: Call, place: Place): FoundLookup | null {
    const { func } = call;
    const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
    if (this.#raising.names(name)) return this.#raising.named(call, name, place);
    if (func.kind === 'Call') return this.#carried(call, func, place);
    if (func.kind !== 'Attribute' || this.#raising.names(place.fn.name)) return null;
    if (func.attr === 'get_object_for_this_type') return this.#generic(call, func, place);
    if (func.attr === 'refresh_from_db') return this.#refresh(call, func, place);
    const raising = this.#raising.method(call, func, place);
    if (raising !== null) return raising;
    const form = this.#methods.get(func.attr);
    if (form === undefined || this.#insideOverride(place.fn)) return null;
    const found = (rows: Rows): FoundLookup => ({
      form,
      method: func.attr,
      expr: call,
      place,
      model: rows.model,
      rows,
    });
    const known = this.#program.infer.expr(func.value, place.fn);
    const rows =
      this.#receiver(func.value, func.attr, place.fn) ?? dynamicRows(this.#program, call, known, place.fn);
    if (rows !== null) return found(rows);
    const guessed = accessorRows(this.#program, func.value, { call, known }, place.fn);
    return guessed === null ? null : { ...found(guessed), byName: true };
  }

  /** `await sync_to_async(Order.objects.get)(pk=order_id)`. */
  #carried(call: Call, { func, args }: Call, place: Place): FoundLookup | null {
    const asked = SYNC.test(lastName(func) ?? '') ? args[0]?.value : undefined;
    if (asked?.kind !== 'Attribute' || !this.#methods.has(asked.attr)) return null;
    const rows = this.#receiver(asked.value, asked.attr, place.fn);
    return rows === null
      ? null
      : { form: 'raising-call', method: asked.attr, expr: call, place, model: rows.model, rows: null };
  }

  /** A manager's own `get` or `get_from_cache` that asks `super().get(...)`: its callers are judged where they ask the manager. */
  #insideOverride(fn: FunctionInfo): boolean {
    if (!fn.isMethod || fn.cls === null || !this.#methods.has(fn.name))
      return fn.parent !== null && fn.parent.def !== null && this.#insideOverride(fn.parent);
    const kind = this.#program.hierarchy.kind(fn.cls);
    return kind === 'manager' || kind === 'queryset';
  }

  /**
   * The rows that a method is asked of. A project class that defines the method itself is a function to follow, not a
   * lookup, unless that asks Django's one in turn. Receivers of several models are none that can be named; several of one model are read as their worst.
   */
  #receiver(expr: Expr, method: string, fn: FunctionInfo): Rows | null {
    const found: Rows[] = [];
    for (const type of parts(this.#program.infer.expr(expr, fn))) {
      const asked = type.t === 'manager' || type.t === 'queryset' ? type : null;
      const rows = asked?.rows ?? (type.t === 'super' ? superRows(type) : null);
      if (rows === null) continue;
      const defined = (asked === null ? null : rowsMember(this.#program, asked, method)?.method) ?? null;
      if (
        defined !== null &&
        (!this.#methods.has(method) || isSoftened(defined, this.#methods) || givesRows(defined))
      )
        return null;
      found.push(rows);
    }
    return found.length > 1 ? worstOf(found) : (found[0] ?? null);
  }

  /** `content_type.get_object_for_this_type(pk=...)`: a row of a model that only the content type knows. */
  #generic(call: Call, func: Attribute, place: Place): FoundLookup | null {
    const row = parts(this.#program.infer.expr(func.value, place.fn)).some(
      (type) => type.t === 'row' && type.model.name === 'ContentType',
    );
    return row
      ? { form: 'raising-call', method: func.attr, expr: call, place, model: DYNAMIC, rows: null }
      : null;
  }

  #refresh(call: Call, func: Attribute, place: Place): FoundLookup | null {
    const row = parts(this.#program.infer.expr(func.value, place.fn)).find((type) => type.t === 'row');
    return row?.t === 'row' && row.model.cls !== null
      ? { form: 'refresh', method: func.attr, expr: call, place, model: row.model, rows: null }
      : null;
  }

  #relation(expr: Attribute, place: Place): FoundLookup | null {
    const { models } = this.#program;
    for (const type of parts(this.#program.infer.expr(expr.value, place.fn))) {
      if (type.t !== 'row') continue;
      const field = type.model.cls === null ? null : models.field(type.model.cls, expr.attr);
      if (field !== null && field.target !== null && isSoftReference(field)) {
        return { form: 'relation', method: expr.attr, expr, place, model: field.target, rows: null };
      }
      const reverse = field === null ? models.reverse(type.model, expr.attr) : null;
      if (
        reverse?.kind === 'o2o' &&
        !makesItself(reverse) &&
        !replacedAccessors(this.#program).has(expr.attr) &&
        !this.#isSelf(type.model, reverse.model) &&
        !(type.model.cls !== null && isMadeOnMiss(this.#program, type.model.cls, expr.attr))
      )
        return {
          form: 'reverse-one-to-one',
          method: expr.attr,
          expr,
          place,
          model: reverse.model,
          rows: null,
        };
    }
    return null;
  }

  /** True for a row of the child model that asks for itself by the accessor which its parent's rows have. */
  #isSelf(row: ModelRef, child: ModelRef): boolean {
    return row.cls !== null && child.cls !== null && this.#program.hierarchy.mro(row.cls).includes(child.cls);
  }
}

/** What makes coroutines of functions, of asgiref and Channels. */
const SYNC = /^(database_)?sync_to_async$/;

/** `AutoOneToOneField`: reading it from the other side creates the row. */
function makesItself({ field }: Reverse): boolean {
  return field.type === 'AutoOneToOneField' || field.declared === 'AutoOneToOneField';
}

/**
 * One receiver for several of the same model; null when their models differ. Every link that any of them has counts against
 * `first()`; a filter proves something only where all of them have it, and `none()` changes no row that is found.
 */
function worstOf(all: readonly Rows[]): Rows | null {
  const [first] = all;
  if (first === undefined || all.some(({ model }) => model.key !== first.model.key)) return null;
  const links = new Map(all.flatMap(({ chain }) => chain.map((link) => [link.call, link])));
  const inAll = (call: Call): boolean => all.every(({ chain }) => chain.some((link) => link.call === call));
  const chain = [...links.values()].filter(
    ({ method, call }) => method !== 'none' && (!/^(filter|exclude)$/.test(method) || inAll(call)),
  );
  const risky = all.find(({ cls, custom }) => cls !== null || custom) ?? first;
  return { ...risky, chain };
}

function superRows(type: Extract<Type, { t: 'super' }>): Rows | null {
  return type.self.t === 'manager' || type.self.t === 'queryset' ? type.self.rows : null;
}

/** `except` of the lookup's exception as its own line can spell it: through the receiver where that names the class. */
export function exceptionText(found: FoundLookup, program: Program): string {
  const { name } = found.model;
  const fallback =
    name === null || meansAnother(found, name, program) ? 'ObjectDoesNotExist' : `${name}.DoesNotExist`;
  if (found.expr.kind !== 'Call' || found.expr.func.kind !== 'Attribute') return fallback;
  const current = chainStart(found.expr.func.value);
  if (current.kind !== 'Attribute' || isQuerySet(current)) return fallback;
  if (found.rows === null || found.rows.related) return fallback;
  const owner = dottedName(current.value);
  const type = program.infer.expr(current.value, found.place.fn);
  const isClass =
    parts(type).some((part) => part.t === 'model' || part.t === 'external') ||
    found.model.key.startsWith('named:') ||
    (type.t === 'unknown' && found.model.name === null);
  return owner !== null && isClass ? `${owner}.DoesNotExist` : fallback;
}

/** True where the model's name stands for another class, a GraphQL type or a form: what that one lacks cannot be caught. */
function meansAnother({ model, place, expr }: FoundLookup, name: string, program: Program): boolean {
  return parts(program.infer.name(name, place.fn, expr.start)).some(
    (type) =>
      (type.t === 'class' && type.cls !== model.cls) || (type.t === 'model' && type.model.key !== model.key),
  );
}
