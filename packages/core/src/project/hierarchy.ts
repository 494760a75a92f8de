import { MANAGER_BASES, MODEL_BASES, QUERYSET_BASES } from '../django/index.ts';
import type { Binding } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { isForeignModel } from './foreign.ts';
import { push } from './per-module.ts';
import type { Symbols } from './symbols.ts';

/** What a class is to Django. */
export type ClassKind = 'model' | 'manager' | 'queryset' | 'plain';

/** A base class: of the program, or of an installed package by dotted name. */
export type Base = ClassInfo | string;

/** What a class offers under a name: a method, or the assignments of its body. */
export interface Member {
  readonly cls: ClassInfo;
  readonly method: FunctionInfo | null;
  readonly bindings: readonly Binding[];
}

/** Functions that make a class about the model they are given, which is no base of it: `form_from_model(Order, ["number"])`. */
const ABOUT_MODELS = /form|serializer|filter_?set|factory|schema|table|admin/i;

/** Class hierarchy of the program: bases, method resolution order, kinds, subclasses. */
export class Hierarchy {
  readonly #symbols: Symbols;
  readonly #modelBases: ReadonlySet<string>;
  readonly #mro = new Map<ClassInfo, readonly Base[]>();
  readonly #kinds = new Map<ClassInfo, ClassKind>();
  readonly #subclasses = new Map<ClassInfo, ClassInfo[]>();
  readonly #classes: ClassInfo[] = [];
  #made: ReadonlySet<ClassInfo> | null = null;

  constructor(symbols: Symbols, modelBases: readonly string[]) {
    this.#symbols = symbols;
    this.#modelBases = new Set([...MODEL_BASES, ...modelBases]);
  }

  /** Registers every class, so that `subclasses` is complete. */
  index(classes: Iterable<ClassInfo>): void {
    this.#classes.push(...classes);
    for (const cls of this.#classes) {
      for (const base of this.mro(cls)) {
        if (typeof base !== 'string' && base !== cls) push(this.#subclasses, base, cls);
      }
    }
  }

  /** Method resolution order (C3), the class itself first. Classes of packages that are not read stand for themselves. */
  mro(cls: ClassInfo): readonly Base[] {
    const known = this.#mro.get(cls);
    if (known !== undefined) return known;
    this.#mro.set(cls, [cls]);
    const bases = cls.def.bases.flatMap((arg) =>
      arg.name === null && arg.star === 0 ? this.#bases(arg.value, cls.outer) : [],
    );
    const lines = bases.map((base) => (typeof base === 'string' ? [base] : this.mro(base)));
    const order = [cls, ...linearise([...lines, bases]).filter((base) => base !== cls)];
    this.#mro.set(cls, order);
    return order;
  }

  #bases(expr: Expr, scope: FunctionInfo): Base[] {
    if (expr.kind === 'Call') {
      if (expr.func.kind === 'Attribute' && expr.func.attr === 'from_queryset') {
        return [
          ...expr.args.flatMap((arg) => this.#bases(arg.value, scope)),
          ...this.#bases(expr.func.value, scope),
        ];
      }
      if (expr.func.kind === 'Attribute' && expr.func.attr === 'as_manager')
        return this.#bases(expr.func.value, scope);
      const made = expr.args.flatMap((arg) => (arg.name === null ? this.#bases(arg.value, scope) : []));
      return expr.func.kind === 'Name' && ABOUT_MODELS.test(expr.func.id)
        ? made.filter((base) => typeof base === 'string' || !this.derives(base, this.#modelBases))
        : made;
    }
    if (expr.kind === 'Attribute' && expr.attr === '__class__' && expr.value.kind === 'Call')
      return this.#bases(expr.value.func, scope);
    const symbol = this.#symbols.of(expr, scope);
    if (symbol === null || symbol.kind === 'module') return [];
    return [symbol.kind === 'class' ? symbol.cls : symbol.name];
  }

  /** Classes of the program that derive from this one, itself left out. */
  subclasses(cls: ClassInfo): readonly ClassInfo[] {
    return this.#subclasses.get(cls) ?? [];
  }

  /** True when the class derives from one of these dotted names. */
  derives(cls: ClassInfo, names: ReadonlySet<string>): boolean {
    return this.mro(cls).some((base) => (typeof base === 'string' ? names.has(base) : names.has(base.key)));
  }

  externalBases(cls: ClassInfo): readonly string[] {
    return this.mro(cls).filter((base): base is string => typeof base === 'string');
  }

  kind(cls: ClassInfo): ClassKind {
    const known = this.#kinds.get(cls);
    if (known !== undefined) return known;
    const kind = this.#classify(cls);
    this.#kinds.set(cls, kind);
    return kind;
  }

  #classify(cls: ClassInfo): ClassKind {
    if (this.derives(cls, this.#modelBases)) return 'model';
    if (this.derives(cls, MANAGER_BASES)) return 'manager';
    if (this.derives(cls, QUERYSET_BASES)) return 'queryset';
    const external = this.externalBases(cls);
    if (external.some((base) => isForeignModel(base))) return 'model';
    if (external.some((base) => base.endsWith('QuerySet'))) return 'queryset';
    const named = external.filter((base) => base.endsWith('Manager'));
    if (named.some((base) => /(^|\.)(models|managers|manager|db)\b/.test(base))) return 'manager';
    if (named.length > 0 && this.#madeByModels().has(cls)) return 'manager';
    const fields =
      external.length > 0 &&
      this.mro(cls).some((base) => typeof base !== 'string' && declaresFields(base, this.#symbols));
    return fields ? 'model' : 'plain';
  }

  /** Classes that the bodies of models make instances of: `objects = SomeManager()`. */
  #madeByModels(): ReadonlySet<ClassInfo> {
    if (this.#made !== null) return this.#made;
    const made = new Set<ClassInfo>();
    this.#made = made;
    for (const model of this.#classes) {
      if (!this.derives(model, this.#modelBases)) continue;
      for (const stmt of model.def.body) {
        if (stmt.kind !== 'Assign' || stmt.value?.kind !== 'Call') continue;
        const symbol = this.#symbols.of(stmt.value.func, model.bodyScope);
        if (symbol?.kind !== 'class') continue;
        for (const base of this.mro(symbol.cls)) if (typeof base !== 'string') made.add(base);
      }
    }
    return made;
  }

  /** The first class of the method resolution order that has the name. */
  member(cls: ClassInfo, name: string, after: ClassInfo | null = null): Member | null {
    let order = this.mro(cls);
    if (after !== null) order = order.slice(order.indexOf(after) + 1);
    for (const base of order) {
      if (typeof base === 'string') continue;
      const found = ownMember(base, name);
      if (found !== null) return found;
    }
    return null;
  }
}

/** The merge of C3; where it has no answer (Python would refuse the class) the first class left goes next. */
function linearise(lines: readonly (readonly Base[])[]): Base[] {
  const out: Base[] = [];
  let rest = lines.map((line) => [...line]).filter((line) => line.length > 0);
  while (rest.length > 0) {
    const heads = rest.map((line) => line[0]).filter((head) => head !== undefined);
    const next = heads.find((head) => rest.every((line) => line.lastIndexOf(head) <= 0)) ?? heads[0];
    if (next === undefined) break;
    out.push(next);
    rest = rest.map((line) => line.filter((base) => base !== next)).filter((line) => line.length > 0);
  }
  return out;
}

export function ownMember(cls: ClassInfo, name: string): Member | null {
  const method = cls.methods.get(name) ?? null;
  const bindings = cls.bodyScope.scope.bindings.get(name);
  if (method === null && bindings === undefined) return null;
  return { cls, method, bindings: bindings ?? [] };
}

/** A body that assigns `models.SomeField(...)` is a model's, even when its base class is of a package that is not read. */
function declaresFields(cls: ClassInfo, symbols: Symbols): boolean {
  return cls.def.body.some((stmt) => {
    if (stmt.kind !== 'Assign' || stmt.value?.kind !== 'Call') return false;
    const symbol = symbols.of(stmt.value.func, cls.bodyScope);
    return (
      symbol?.kind === 'external' &&
      /^django\.(db|contrib\.gis\.db|contrib\.postgres)\..*(Field|Key)$/.test(symbol.name)
    );
  });
}
