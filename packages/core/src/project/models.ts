import type { Call } from '../syntax/index.ts';
import type { ClassInfo, Module } from './entities.ts';
import { type Field, parentLink, readField } from './fields.ts';
import { foreignModel } from './foreign.ts';
import { Labels } from './labels.ts';
import { Managers } from './managers.ts';
import { concreteParent, type ModelMeta, readMeta } from './meta.ts';
import type { Program } from './program.ts';
import { collectReverses, reachedModels, type Reverse, type Reverses } from './reverse.ts';
import { type ModelRef, type Rows, type Type, UNKNOWN } from './types.ts';

const NO_META: ModelMeta = {
  abstract: false,
  proxy: false,
  ordering: [],
  uniqueSets: [],
  defaultManager: null,
  defaultRelatedName: null,
  appLabel: null,
  verboseName: null,
};

/** Models of the program: fields, Meta, managers, reverse accessors. Everything is read when first asked for, from definitions alone. */
export class Models {
  readonly labels: Labels;
  readonly #program: Program;
  readonly #managers: Managers;
  readonly #fields = new Map<ClassInfo, ReadonlyMap<string, Field>>();
  readonly #meta = new Map<ClassInfo, ModelMeta>();
  #reverse: Reverses | null = null;
  #reached: ReadonlyMap<string, readonly ModelRef[]> | null = null;

  constructor(program: Program) {
    this.#program = program;
    this.labels = new Labels(program);
    this.#managers = new Managers(program);
  }

  ref(cls: ClassInfo): ModelRef {
    return { key: cls.key, name: cls.name, cls };
  }

  /** A model of an installed package, by its dotted name; null when the name does not look like one. */
  external(name: string): ModelRef | null {
    return foreignModel(name);
  }

  /** Concrete and abstract models of the program by class name. */
  get byName(): ReadonlyMap<string, readonly ClassInfo[]> {
    return this.labels.byName;
  }

  /** `'app.Model'` or `'Model'`, as relations and `get_model` name them. */
  byLabel(label: string, from: Module): ModelRef | null {
    return this.labels.find(label, from);
  }

  /** What `get_model('app', 'Model')` or `get_model('app.Model')` gives. */
  byArguments(call: Pick<Call, 'args'>, from: Module, app: string | null = null): Type {
    const text = (at: number, name: string): string | null => {
      const value = call.args.find((arg, i) =>
        arg.name === null ? i === at && arg.star === 0 : arg.name === name,
      )?.value;
      return value?.kind === 'Constant' && value.type === 'str' ? value.value : null;
    };
    const [first, second] =
      app === null ? [text(0, 'app_label'), text(1, 'model_name')] : [app, text(0, 'model_name')];
    const label = second === null ? first : `${first ?? ''}.${second}`;
    const model = label?.includes('.') === true ? this.byLabel(label, from) : null;
    return model === null ? UNKNOWN : { t: 'model', model };
  }

  /** The project's user model, or Django's own. */
  userModel(): ModelRef {
    return this.labels.userModel;
  }

  meta(cls: ClassInfo): ModelMeta {
    const known = this.#meta.get(cls);
    if (known !== undefined) return known;
    this.#meta.set(cls, NO_META);
    const meta = readMeta(this.#program, cls);
    this.#meta.set(cls, meta);
    return meta;
  }

  /** All fields of a model by name, inherited ones too. A nearer class may remove one by giving its name another meaning. */
  fields(cls: ClassInfo): ReadonlyMap<string, Field> {
    const known = this.#fields.get(cls);
    if (known !== undefined) return known;
    const out = new Map<string, Field>();
    this.#fields.set(cls, out);
    for (const base of this.#program.hierarchy.mro(cls).toReversed()) {
      if (typeof base === 'string') continue;
      for (const [name, bindings] of base.bodyScope.scope.bindings) {
        const source = bindings.at(-1)?.source;
        const call = source?.kind === 'assign' && source.value?.kind === 'Call' ? source.value : null;
        const model = call === null ? cls : this.tableOf(cls, base);
        const field = call === null ? null : readField(this.#program, { owner: base, model, name, call });
        if (field !== null) out.set(name, field);
        else if (source?.kind !== 'assign' || source.value !== null) out.delete(name);
      }
    }
    const link = this.#parentLink(cls, out);
    if (link !== null) out.set(link.name, link);
    return out;
  }

  /** A child of a concrete model has a row of its own, linked to the parent's. */
  #parentLink(cls: ClassInfo, fields: ReadonlyMap<string, Field>): Field | null {
    const { abstract, proxy } = this.meta(cls);
    const parent = abstract || proxy ? null : concreteParent(this.#program, cls);
    if (parent === null) return null;
    const own = [...fields.values()].some(
      (field) => field.kind === 'o2o' && field.owner === cls && field.target?.cls === parent,
    );
    return own ? null : parentLink(cls, this.ref(parent));
  }

  /** The model whose table holds the fields that `owner` declares: `cls`, or a concrete parent that came first. */
  tableOf(cls: ClassInfo, owner: ClassInfo): ClassInfo {
    const line = this.#program.hierarchy.mro(cls).filter((base) => typeof base !== 'string');
    const tables = line.filter((base) => {
      const { abstract, proxy } = this.meta(base);
      return (
        !abstract &&
        !proxy &&
        this.#program.hierarchy.kind(base) === 'model' &&
        this.#program.hierarchy.mro(base).includes(owner)
      );
    });
    return tables.at(-1) ?? cls;
  }

  field(cls: ClassInfo, name: string): Field | null {
    return this.fields(cls).get(name) ?? null;
  }

  /** The relation whose raw column this is: `environment_id` for `environment`. */
  columnOf(cls: ClassInfo, name: string): Field | null {
    if (!name.endsWith('_id')) return null;
    const field = this.field(cls, name.slice(0, -3));
    return field !== null && (field.kind === 'fk' || field.kind === 'o2o') ? field : null;
  }

  primaryKey(cls: ClassInfo): string {
    for (const field of this.fields(cls).values()) if (field.primaryKey) return field.name;
    return 'id';
  }

  /** A manager of a model by attribute name; null when the attribute is none. */
  manager(model: ModelRef, name: string): Rows | null {
    return this.#managers.of(model, name);
  }

  /** The name of a model's default manager; null where bases of packages may declare another one, or a function makes it. */
  defaultManager(cls: ClassInfo): string | null {
    const isKnown = (base: string): boolean => /^(django|builtins|typing|abc)\./.test(base);
    const all = this.#program.hierarchy.externalBases(cls).every(isKnown);
    return all && !this.#managers.isOpen(cls) ? this.#managers.defaultName(cls) : null;
  }

  /** The model behind `self` in a manager's or queryset's method: the one model that uses the class, or an unnamed one. */
  ofManager(cls: ClassInfo): ModelRef {
    return this.#managers.modelOf(cls);
  }

  /** The models that rows of the program have accessors of that name to; none where one leads to a single row. */
  reachedBy(accessor: string): readonly ModelRef[] {
    this.#reverse ??= collectReverses(this.#program);
    this.#reached ??= reachedModels(this.#reverse);
    return this.#reached.get(accessor) ?? [];
  }

  /** What a row offers because another model points at it. */
  reverse({ key, cls }: ModelRef, accessor: string): Reverse | null {
    this.#reverse ??= collectReverses(this.#program);
    for (const base of cls === null ? [key] : this.#program.hierarchy.mro(cls)) {
      const found = this.#reverse.get(typeof base === 'string' ? base : base.key)?.get(accessor);
      if (found !== undefined) return found;
    }
    return null;
  }
}
