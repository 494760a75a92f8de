import { FIELD_MANAGERS, MANAGER_BASES } from '../django/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import type { AssignSource } from '../scope/index.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Program } from './program.ts';
import { isMadeByFunction, orderOf, querySetsOf } from './manager-bodies.ts';
import { managerRows } from './rows.ts';
import type { ModelRef, Rows } from './types.ts';

/** What an attribute of a model's class body declares: a manager of the program, of a package, or Django's plain one. */
interface Declared {
  readonly cls: ClassInfo | null;
  readonly plain: boolean;
  /** False for a class that only its name makes a manager. */
  readonly sure: boolean;
}

/** The managers of models. Read from definitions alone: types depend on managers, not the other way round. */
export class Managers {
  readonly #program: Program;
  readonly #known = new Map<ClassInfo, Map<string, Rows | null>>();
  #users: ReadonlyMap<ClassInfo, readonly ClassInfo[]> | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** A manager of a model by attribute name; null when the attribute is none. */
  of(model: ModelRef, name: string): Rows | null {
    if (model.cls === null) return foreignManager(model, name);
    const names = this.#known.get(model.cls) ?? new Map<string, Rows | null>();
    this.#known.set(model.cls, names);
    const known = names.get(name);
    if (known !== undefined) return known;
    const found = this.#find(model, model.cls, name);
    names.set(name, found);
    return found;
  }

  #find(model: ModelRef, cls: ClassInfo, name: string): Rows | null {
    const member = this.#program.hierarchy.member(cls, name);
    if (member !== null && this.#keepsHistory(member.cls, name))
      return managerRows(historyOf(model), null, name, { custom: true, related: true });
    const declared = member === null || member.method !== null ? null : this.#declaredIn(member.cls, name);
    if (declared !== null) return managerRows(model, declared.cls, name, { custom: !declared.plain });
    if (name === '_base_manager') return managerRows(model, null, name);
    if (name === '_default_manager') {
      const open = this.isOpen(cls);
      return (
        (open ? null : this.of(model, this.defaultName(cls))) ??
        managerRows(model, null, name, { custom: open })
      );
    }
    if (member !== null || name !== 'objects') return null;
    const foreign = this.#program.hierarchy
      .externalBases(cls)
      .some((base) => !base.startsWith('django.db.models.') && !base.endsWith('Mixin'));
    return foreign || this.#first(cls, true) === null
      ? managerRows(model, null, name, { custom: foreign })
      : null;
  }

  /**
   * The name of the manager that Django takes where none is named: what `Meta` says, that of the first model above where the class
   * has no manager of its own, else the first one.
   */
  defaultName(cls: ClassInfo): string {
    const { models, hierarchy } = this.#program;
    const own = models.meta(cls).defaultManager;
    if (own !== null) return own;
    const above = hierarchy
      .mro(cls)
      .find((base) => typeof base !== 'string' && base !== cls && hierarchy.kind(base) === 'model');
    const named =
      typeof above === 'object' && this.#firstOf(cls, false) === null
        ? models.meta(above).defaultManager
        : null;
    return named ?? this.#first(cls, false) ?? 'objects';
  }

  /** True where a function may make the default manager, `objects = make_manager()`: what that gives is not known. */
  isOpen(cls: ClassInfo): boolean {
    if (this.#program.models.meta(cls).defaultManager !== null) return false;
    for (const base of this.#program.hierarchy.mro(cls)) {
      if (typeof base === 'string') continue;
      const made = orderOf(base).find(({ name }) => this.#madeByFunction(base, name));
      const known = this.#firstOf(base, false);
      const at = orderOf(base).find(({ name }) => name === known)?.at ?? Number.POSITIVE_INFINITY;
      if (made !== undefined && made.at < at) return true;
      if (known !== null) return false;
    }
    return false;
  }

  #madeByFunction(owner: ClassInfo, name: string): boolean {
    return isMadeByFunction(owner, name) && this.#declaredIn(owner, name) === null;
  }

  /** The first manager that the class or its bases declare; nearest class first. */
  #first(cls: ClassInfo, sure: boolean): string | null {
    for (const base of this.#program.hierarchy.mro(cls)) {
      const found = typeof base === 'string' ? null : this.#firstOf(base, sure);
      if (found !== null) return found;
    }
    return null;
  }

  /** The first manager that stays in a class body: one that is bound again comes where it is made last. */
  #firstOf(owner: ClassInfo, sure: boolean): string | null {
    for (const { name } of orderOf(owner)) {
      const declared = this.#declaredIn(owner, name);
      if (declared !== null && (declared.sure || !sure)) return name;
    }
    return null;
  }

  /** `history = HistoricalRecords()`: what the rows were before, in a table of its own. */
  #keepsHistory({ bodyScope }: ClassInfo, name: string): boolean {
    const source = bodyScope.scope.bindings.get(name)?.at(-1)?.source;
    const made = source?.kind === 'assign' && source.value?.kind === 'Call' ? source.value.func : null;
    return made !== null && lastName(made) === 'HistoricalRecords';
  }

  #declaredIn(owner: ClassInfo, name: string): Declared | null {
    for (const { source } of (owner.bodyScope.scope.bindings.get(name) ?? []).toReversed()) {
      if (source.kind === 'assign' && source.steps.length === 0)
        return isWayBack(source, name) ? null : this.#declared(source, owner.bodyScope);
    }
    return null;
  }

  #declared({ value, annotation }: AssignSource, fn: FunctionInfo): Declared | null {
    const made = value?.kind === 'Call' ? this.#made(value, fn) : null;
    return (
      made ??
      (annotation === null || (value !== null && value.kind !== 'Call')
        ? null
        : this.#annotated(annotation, fn))
    );
  }

  /** `SomeManager()`, `SomeQuerySet.as_manager()`, `M.from_queryset(Q)()`. */
  #made(call: Call, fn: FunctionInfo): Declared | null {
    const { func } = call;
    const asManager = func.kind === 'Attribute' && func.attr === 'as_manager';
    const found = this.#class(asManager ? func.value : func, fn);
    if (found !== null || (!asManager && func.kind !== 'Call')) return found;
    const fromQuerySet =
      func.kind === 'Call' && func.func.kind === 'Attribute' && func.func.attr === 'from_queryset';
    return asManager || fromQuerySet ? { cls: null, plain: false, sure: true } : null;
  }

  #class(expr: Expr, fn: FunctionInfo): Declared | null {
    const symbol = this.#program.symbols.of(expr, fn);
    if (symbol?.kind === 'class') {
      const kind = this.#program.hierarchy.kind(symbol.cls);
      return kind === 'manager' || kind === 'queryset' ? { cls: symbol.cls, plain: false, sure: true } : null;
    }
    const name = symbol?.kind === 'external' ? symbol.name : lastName(expr);
    if (!name.endsWith('Manager') || FIELD_MANAGERS.has(name.slice(name.lastIndexOf('.') + 1))) return null;
    return { cls: null, plain: PLAIN.test(name), sure: MANAGER_BASES.has(name) };
  }

  /** `objects: ClassVar[Manager[M]]`, also as a string. */
  #annotated(annotation: Expr, fn: FunctionInfo): Declared | null {
    if (annotation.kind === 'Constant') {
      const parsed = this.#program.annotations.parsed(annotation);
      return parsed === null ? null : this.#annotated(parsed, fn);
    }
    const wrapped =
      annotation.kind === 'Subscript' && /^(ClassVar|Final|Annotated)$/.test(lastName(annotation.value));
    if (wrapped)
      return this.#annotated(
        annotation.index.kind === 'Tuple' ? (annotation.index.elts[0] ?? annotation.index) : annotation.index,
        fn,
      );
    return this.#class(annotation.kind === 'Subscript' ? annotation.value : annotation, fn);
  }

  /** The model behind `self` in a manager's or queryset's method: the one model that uses the class, or an unnamed one. */
  modelOf(cls: ClassInfo): ModelRef {
    this.#users ??= this.#collectUsers();
    const users = this.#users.get(cls) ?? [];
    const only = users.length === 1 ? users[0] : undefined;
    return only === undefined
      ? { key: `self:${cls.key}`, name: null, cls: null }
      : this.#program.models.ref(only);
  }

  #collectUsers(): Map<ClassInfo, ClassInfo[]> {
    const out = new Map<ClassInfo, ClassInfo[]>();
    const add = (cls: ClassInfo, model: ClassInfo): void => {
      for (const line of this.#program.hierarchy.mro(cls)) {
        if (typeof line === 'string' || out.get(line)?.includes(model) === true) continue;
        out.set(line, [...(out.get(line) ?? []), model]);
        for (const queryset of querySetsOf(this.#program, line)) if (queryset !== cls) add(queryset, model);
      }
    };
    for (const model of [...this.#program.models.byName.values()].flat()) {
      if (this.#program.models.meta(model).abstract) continue;
      for (const base of this.#program.hierarchy.mro(model)) {
        if (typeof base === 'string') continue;
        for (const name of base.bodyScope.scope.bindings.keys()) {
          const used = this.of(this.#program.models.ref(model), name)?.cls;
          if (used !== null && used !== undefined) add(used, model);
          const extended = this.#extendedIn(base, name);
          if (extended !== null) add(extended, model);
        }
      }
    }
    return out;
  }

  /** The manager of `objects = SomeManager.from_queryset(SomeQuerySet)()`. */
  #extendedIn(owner: ClassInfo, name: string): ClassInfo | null {
    const source = owner.bodyScope.scope.bindings.get(name)?.at(-1)?.source;
    const made = source?.kind === 'assign' && source.value?.kind === 'Call' ? source.value.func : null;
    if (made?.kind !== 'Call' || made.func.kind !== 'Attribute' || made.func.attr !== 'from_queryset')
      return null;
    return this.#class(made.func.value, owner.bodyScope)?.cls ?? null;
  }
}

/** `books: RelatedManager[Book]`: tells checkers of what another model's foreign key makes. The class's own are called `objects`. */
function isWayBack({ value, annotation }: AssignSource, name: string): boolean {
  return (
    value === null &&
    annotation !== null &&
    !/(^|_)(objects|manager)$/.test(name) &&
    !(annotation.kind === 'Subscript' && lastName(annotation.value) === 'ClassVar')
  );
}

const PLAIN = /^django\.db\.models\.(manager\.)?(Base)?Manager$/;

/** The model of former rows: a package makes it, and no name of the program stands for it. */
function historyOf({ key }: ModelRef): ModelRef {
  return { key: `history:${key}`, name: null, cls: null };
}

function foreignManager(model: ModelRef, name: string): Rows | null {
  if (!/^(objects|_default_manager|_base_manager)$/.test(name)) return null;
  return managerRows(model, null, name, { custom: model.key.startsWith('self:') });
}

function lastName(expr: Expr): string {
  return expr.kind === 'Attribute' ? expr.attr : expr.kind === 'Name' ? expr.id : '';
}
