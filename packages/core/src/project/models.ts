import { KNOWN_MODELS } from '../django/index.ts';
import type { Call } from '../syntax/index.ts';
import type { ClassInfo, Module } from './entities.ts';
import { type Field, readField } from './fields.ts';
import { type ModelMeta, mergeMeta, readMeta } from './meta.ts';
import type { Program } from './program.ts';
import { managerRows } from './rows.ts';
import { type ModelRef, parts, type Rows, type Type, UNKNOWN } from './types.ts';

/** A relation seen from its target: `author.books`. */
export interface Reverse {
  readonly model: ModelRef;
  readonly kind: 'many' | 'o2o';
  readonly field: Field;
}

/** Models of the program: fields, Meta, managers, reverse accessors. Everything is read when first asked for. */
export class Models {
  readonly #program: Program;
  readonly #fields = new Map<ClassInfo, ReadonlyMap<string, Field>>();
  readonly #meta = new Map<ClassInfo, ModelMeta>();
  readonly #managers = new Map<string, Rows | null>();
  #byName: ReadonlyMap<string, readonly ClassInfo[]> | null = null;
  #reverse: ReadonlyMap<ClassInfo, ReadonlyMap<string, Reverse>> | null = null;
  #managerUsers: ReadonlyMap<ClassInfo, readonly ClassInfo[]> | null = null;
  #user: ModelRef | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  ref(cls: ClassInfo): ModelRef {
    return { key: cls.key, name: cls.name, cls };
  }

  /** A model of an installed package, by its dotted name; null when the name does not look like one. */
  external(name: string): ModelRef | null {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (!KNOWN_MODELS.has(name) && !/(^|\.)models(\.\w+)*\.[A-Z]\w*$/.test(name)) return null;
    if (/^django\.(contrib\.gis\.)?db\.|^[A-Z_]+$/.test(name) || /^[A-Z0-9_]+$/.test(last)) return null;
    return /(Manager|QuerySet|Field|Key|Error|Exception|Mixin|DoesNotExist|MultipleObjectsReturned)$/.test(last) ? null : { key: name, name: last, cls: null };
  }

  /** Concrete and abstract models of the program by class name. */
  get byName(): ReadonlyMap<string, readonly ClassInfo[]> {
    if (this.#byName === null) {
      const map = new Map<string, ClassInfo[]>();
      for (const cls of this.#program.classes) {
        if (this.#program.hierarchy.kind(cls) === 'model') map.set(cls.name, [...(map.get(cls.name) ?? []), cls]);
      }
      this.#byName = map;
    }
    return this.#byName;
  }

  /** `'app.Model'` or `'Model'`, as relations and `get_model` name them. */
  byLabel(label: string, from: Module): ModelRef | null {
    const [app, name] = label.includes('.') ? [label.slice(0, label.lastIndexOf('.')), label.slice(label.lastIndexOf('.') + 1)] : [null, label];
    const lower = name.toLowerCase();
    const found = this.byName.get(name) ?? [...this.byName].find(([key]) => key.toLowerCase() === lower)?.[1] ?? [];
    const concrete = found.length > 1 ? found.filter((cls) => !this.meta(cls).abstract) : found;
    const inApp = app === null ? null : app.split('.').at(-1);
    const best =
      concrete.find((cls) => (inApp === null ? cls.module === from : cls.module.name.split('.').includes(inApp ?? ''))) ??
      (concrete.length === 1 ? concrete[0] : concrete.find((cls) => samePackage(cls.module, from)));
    if (best !== undefined) return this.ref(best);
    return app === null ? null : { key: label, name, cls: null };
  }

  byArguments(call: Call, from: Module): Type {
    const [first, second] = call.args.map((arg) => (arg.value.kind === 'Constant' && arg.value.type === 'str' ? arg.value.value : null));
    const label = typeof first === 'string' ? (typeof second === 'string' ? `${first}.${second}` : first) : null;
    const model = label?.includes('.') === true ? this.byLabel(label, from) : null;
    return model === null ? UNKNOWN : { t: 'model', model };
  }

  /** The project's user model, or Django's own. */
  userModel(): ModelRef {
    if (this.#user !== null) return this.#user;
    this.#user = { key: 'django.contrib.auth.models.User', name: 'User', cls: null };
    const users = [...this.byName.values()].flat().filter((cls) => {
      const bases = this.#program.hierarchy.externalBases(cls);
      return bases.some((base) => /\.(AbstractUser|AbstractBaseUser)$/.test(base)) && !this.meta(cls).abstract && !this.meta(cls).proxy;
    });
    const best = this.#configuredUser() ?? users.find((cls) => cls.name === 'User') ?? users.find((cls) => /User$/.test(cls.name)) ?? users[0];
    if (best !== undefined) this.#user = this.ref(best);
    return this.#user;
  }

  /** The model that some settings module of the program names: `AUTH_USER_MODEL = "accounts.User"`. */
  #configuredUser(): ClassInfo | null {
    for (const module of this.#program.modules) {
      for (const { source } of module.top.scope.bindings.get('AUTH_USER_MODEL') ?? []) {
        if (source.kind !== 'assign' || source.value?.kind !== 'Constant' || source.value.type !== 'str') continue;
        const cls = this.byLabel(source.value.value, module)?.cls;
        if (cls !== null && cls !== undefined) return cls;
      }
    }
    return null;
  }

  meta(cls: ClassInfo): ModelMeta {
    const known = this.#meta.get(cls);
    if (known !== undefined) return known;
    this.#meta.set(cls, mergeMeta(null, null));
    const parent = this.#program.hierarchy.mro(cls).find((base) => base !== cls && typeof base !== 'string' && this.#program.hierarchy.kind(base) === 'model');
    const inherited = parent === undefined || typeof parent === 'string' ? null : this.meta(parent);
    const merged = mergeMeta(readMeta(cls), inherited?.abstract === true || readMeta(cls)?.proxy === true ? inherited : null);
    this.#meta.set(cls, merged);
    return merged;
  }

  /** All fields of a model by name, inherited ones too. */
  fields(cls: ClassInfo): ReadonlyMap<string, Field> {
    const known = this.#fields.get(cls);
    if (known !== undefined) return known;
    const out = new Map<string, Field>();
    this.#fields.set(cls, out);
    for (const base of [...this.#program.hierarchy.mro(cls)].reverse()) {
      if (typeof base === 'string') continue;
      for (const stmt of base.def.body) {
        if (stmt.kind !== 'Assign' || stmt.value?.kind !== 'Call') continue;
        const target = stmt.targets[0];
        if (target?.kind !== 'Name') continue;
        const field = readField(this.#program, base, target.id, stmt.value);
        if (field !== null) out.set(field.name, field);
      }
    }
    return out;
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
    const key = `${model.key} ${name}`;
    const known = this.#managers.get(key);
    if (known !== undefined) return known;
    this.#managers.set(key, null);
    const found = this.#findManager(model, name);
    this.#managers.set(key, found);
    return found;
  }

  #findManager(model: ModelRef, name: string): Rows | null {
    if (model.cls === null) return /^(objects|_default_manager|_base_manager)$/.test(name) ? managerRows(model, null, name, { custom: model.key.startsWith('self:') }) : null;
    const member = this.#program.hierarchy.member(model.cls, name);
    if (member !== null && member.method === null) {
      for (const binding of member.bindings) {
        const rows = this.#declared(model, member.cls, binding.source, name);
        if (rows !== null) return rows;
      }
    }
    if (name === '_default_manager') return this.manager(model, this.meta(model.cls).defaultManager ?? this.#firstManager(model.cls) ?? 'objects') ?? managerRows(model, null, name);
    if (name === '_base_manager') return managerRows(model, null, name);
    const foreign = this.#program.hierarchy.externalBases(model.cls).some((base) => !/^django\.db\.models\./.test(base) && !/Mixin$/.test(base));
    return member === null && name === 'objects' ? managerRows(model, null, name, { custom: foreign }) : null;
  }

  #declared(model: ModelRef, owner: ClassInfo, source: { readonly kind: string }, name: string): Rows | null {
    const infer = this.#program.infer;
    if (source.kind !== 'assign' || !('value' in source)) return null;
    const { value, annotation } = source as Extract<import('../scope/index.ts').BindingSource, { kind: 'assign' }>;
    if (value?.kind === 'Call') {
      const cls = this.#managerClass(value, owner);
      if (cls !== undefined) return managerRows(model, cls, name, { custom: cls !== null });
      const callee = value.func.kind === 'Attribute' ? value.func.attr : value.func.kind === 'Name' ? value.func.id : '';
      if (/Manager$/.test(callee) || callee === 'as_manager') {
        const plain = parts(infer.expr(value.func, owner.bodyScope)).some((type) => type.t === 'external' && /^django\.db\.models\.(manager\.)?(Base)?Manager$/.test(type.name));
        return managerRows(model, null, name, { custom: !plain });
      }
    }
    if (annotation !== null && value === null && /^(objects|\w+_objects|objects_\w+)$/.test(name)) return managerRows(model, null, name);
    return null;
  }

  /** The project's class behind `SomeManager()`, `SomeQuerySet.as_manager()` or `M.from_queryset(Q)()`; undefined when the value is none of them. */
  #managerClass(call: Call, owner: ClassInfo): ClassInfo | null | undefined {
    const infer = this.#program.infer;
    const func = call.func;
    const inner = func.kind === 'Attribute' && func.attr === 'as_manager' ? func.value : func.kind === 'Call' && func.func.kind === 'Attribute' && func.func.attr === 'from_queryset' ? (func.args[0]?.value ?? func) : func;
    for (const type of parts(infer.expr(inner, owner.bodyScope))) {
      if (type.t !== 'class') continue;
      const kind = this.#program.hierarchy.kind(type.cls);
      if (kind === 'manager' || kind === 'queryset') return type.cls;
    }
    return undefined;
  }

  #firstManager(cls: ClassInfo): string | null {
    for (const base of this.#program.hierarchy.mro(cls)) {
      if (typeof base === 'string') continue;
      for (const stmt of base.def.body) {
        const target = stmt.kind === 'Assign' ? stmt.targets[0] : undefined;
        if (target?.kind === 'Name' && target.id !== '_default_manager' && stmt.kind === 'Assign' && stmt.value?.kind === 'Call' && this.manager(this.ref(cls), target.id) !== null) return target.id;
      }
    }
    return null;
  }

  /** What a row offers because another model points at it. */
  reverse(cls: ClassInfo, accessor: string): Reverse | null {
    this.#reverse ??= this.#collectReverse();
    for (const base of this.#program.hierarchy.mro(cls)) {
      if (typeof base === 'string') continue;
      const found = this.#reverse.get(base)?.get(accessor);
      if (found !== undefined) return found;
    }
    return null;
  }

  #collectReverse(): Map<ClassInfo, Map<string, Reverse>> {
    const out = new Map<ClassInfo, Map<string, Reverse>>();
    for (const cls of [...this.byName.values()].flat()) {
      const meta = this.meta(cls);
      if (meta.abstract || meta.proxy) continue;
      for (const field of this.fields(cls).values()) {
        const target = field.target?.cls;
        if (target === null || target === undefined || field.relatedName?.endsWith('+') === true) continue;
        const lower = cls.name.toLowerCase();
        const own = field.relatedName?.replaceAll('%(class)s', lower).replaceAll('%(app_label)s', cls.module.name.split('.').at(-2) ?? '');
        const name = own ?? (field.kind === 'o2o' ? lower : `${lower}_set`);
        const map = out.get(target) ?? new Map<string, Reverse>();
        map.set(name, { model: this.ref(cls), kind: field.kind === 'o2o' ? 'o2o' : 'many', field });
        out.set(target, map);
      }
    }
    return out;
  }

  /** The model behind `self` in a manager's or queryset's method: the one model that uses the class, or an unnamed one. */
  ofManager(cls: ClassInfo): ModelRef {
    this.#managerUsers ??= this.#collectManagerUsers();
    const users = this.#managerUsers.get(cls) ?? [];
    const only = users.length === 1 ? users[0] : undefined;
    return only === undefined ? { key: `self:${cls.key}`, name: null, cls: null } : this.ref(only);
  }

  #collectManagerUsers(): Map<ClassInfo, ClassInfo[]> {
    const out = new Map<ClassInfo, ClassInfo[]>();
    this.#managerUsers = out;
    for (const model of [...this.byName.values()].flat()) {
      if (this.meta(model).abstract) continue;
      for (const base of this.#program.hierarchy.mro(model)) {
        if (typeof base === 'string') continue;
        for (const stmt of base.def.body) {
          const target = stmt.kind === 'Assign' ? stmt.targets[0] : undefined;
          if (target?.kind !== 'Name') continue;
          const used = this.manager(this.ref(model), target.id)?.cls;
          if (used === null || used === undefined) continue;
          for (const line of this.#program.hierarchy.mro(used)) {
            if (typeof line === 'string') continue;
            const users = out.get(line) ?? [];
            if (!users.includes(model)) out.set(line, [...users, model]);
          }
        }
      }
    }
    return out;
  }
}

function samePackage(a: Module, b: Module): boolean {
  return a.name.split('.').slice(0, -1).join('.') === b.name.split('.').slice(0, -1).join('.') || a.name.split('.')[0] === b.name.split('.')[0];
}
