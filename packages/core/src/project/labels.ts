import { KNOWN_MODELS } from '../django/index.ts';
import type { ClassInfo, Module } from './entities.ts';
import type { Program } from './program.ts';
import type { ModelRef } from './types.ts';

/** Finds models by the names that Django's registry knows them by. */
export class Labels {
  readonly #program: Program;
  #byName: ReadonlyMap<string, readonly ClassInfo[]> | null = null;
  #byLower: ReadonlyMap<string, readonly ClassInfo[]> | null = null;
  #appConfigs: ReadonlyMap<string, string> | null = null;
  #apps: ReadonlySet<string> | null = null;
  #user: ModelRef | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Concrete and abstract models of the program by class name. */
  get byName(): ReadonlyMap<string, readonly ClassInfo[]> {
    this.#byName ??= this.#group((cls) => cls.name);
    return this.#byName;
  }

  #group(key: (cls: ClassInfo) => string): Map<string, ClassInfo[]> {
    const map = new Map<string, ClassInfo[]>();
    for (const cls of this.#program.classes) {
      if (this.#program.hierarchy.kind(cls) === 'model')
        map.set(key(cls), [...(map.get(key(cls)) ?? []), cls]);
    }
    return map;
  }

  /** The app that a model belongs to: the package around its `models`, under the label that `Meta` or an `AppConfig` gives it. */
  appOf(cls: ClassInfo): string {
    const told = this.#program.models.meta(cls).appLabel;
    if (told !== null) return told;
    const parts = cls.module.name.split('.');
    const at = parts.lastIndexOf('models');
    const app = at > 0 ? parts.slice(0, at) : parts.slice(0, -1);
    this.#appConfigs ??= this.#collectAppConfigs();
    return this.#appConfigs.get(app.join('.')) ?? app.at(-1) ?? '';
  }

  /** `label` of `AppConfig`s that set one, by the app's dotted name. */
  #collectAppConfigs(): Map<string, string> {
    const out = new Map<string, string>();
    for (const cls of this.#program.classes) {
      if (!this.#program.hierarchy.externalBases(cls).some((base) => /(^|\.)AppConfig$/.test(base))) continue;
      const [name, label] = [this.#text(cls, 'name'), this.#text(cls, 'label')];
      if (name !== null && label !== null) out.set(name, label);
    }
    return out;
  }

  #text(cls: ClassInfo, name: string): string | null {
    const source = this.#program.hierarchy.member(cls, name)?.bindings.at(-1)?.source;
    if (source?.kind !== 'assign' || source.value === null) return null;
    const { expr } = this.#program.symbols.value(source.value, cls.bodyScope);
    return expr.kind === 'Constant' && expr.type === 'str' ? expr.value : null;
  }

  /** `'app.Model'` or `'Model'`, as relations and `get_model` name them; case does not matter. */
  find(label: string, from: Module): ModelRef | null {
    const dot = label.lastIndexOf('.');
    const app = dot < 0 ? null : (label.slice(0, dot).split('.').at(-1) ?? null);
    const name = label.slice(dot + 1);
    const candidates = this.#named(name);
    const best = app === null ? this.#near(candidates, from) : this.#inApp(candidates, app, from);
    if (best !== null) return this.#program.models.ref(best);
    return app === null ? null : foreign(label, app, name);
  }

  #named(name: string): readonly ClassInfo[] {
    this.#byLower ??= this.#group((cls) => cls.name.toLowerCase());
    const found = this.byName.get(name) ?? this.#byLower.get(name.toLowerCase()) ?? [];
    const concrete =
      found.length > 1 ? found.filter((cls) => !this.#program.models.meta(cls).abstract) : found;
    return concrete.length > 0 ? concrete : found;
  }

  #near(candidates: readonly ClassInfo[], from: Module): ClassInfo | null {
    const here =
      candidates.find((cls) => cls.module === from) ?? candidates.find((cls) => isNear(cls.module, from));
    return here ?? (candidates.length === 1 ? (candidates[0] ?? null) : null);
  }

  /** An app that the program does not have is an installed one's: its model is not ours, whatever it is called. */
  #inApp(candidates: readonly ClassInfo[], app: string, from: Module): ClassInfo | null {
    const exact = candidates.filter((cls) => this.appOf(cls) === app);
    const found =
      exact.length > 0 ? exact : candidates.filter((cls) => cls.module.name.split('.').includes(app));
    if (found.length > 0) return this.#near(found, from) ?? found[0] ?? null;
    this.#apps ??= new Set([...this.byName.values()].flat().map((cls) => this.appOf(cls)));
    return this.#apps.has(app) && candidates.length === 1 ? (candidates[0] ?? null) : null;
  }

  /** The project's user model, or Django's own. */
  get userModel(): ModelRef {
    this.#user ??= this.#findUser();
    return this.#user;
  }

  #findUser(): ModelRef {
    const { models, hierarchy } = this.#program;
    const users = [...this.byName.values()].flat().filter((cls) => {
      const bases = hierarchy.externalBases(cls);
      const { abstract, proxy } = models.meta(cls);
      return bases.some((base) => /\.(AbstractUser|AbstractBaseUser)$/.test(base)) && !abstract && !proxy;
    });
    const named =
      users.find((cls) => cls.name === 'User') ?? users.find((cls) => cls.name.endsWith('User')) ?? users[0];
    const best = this.#configuredUser() ?? named;
    return best === undefined ? { key: DJANGO_USER, name: 'User', cls: null } : models.ref(best);
  }

  /** The model that some settings module of the program names: `AUTH_USER_MODEL = "accounts.User"`. */
  #configuredUser(): ClassInfo | null {
    for (const module of this.#program.modules) {
      for (const { source } of module.top.scope.bindings.get('AUTH_USER_MODEL') ?? []) {
        if (source.kind !== 'assign' || source.value?.kind !== 'Constant' || source.value.type !== 'str')
          continue;
        const cls = this.find(source.value.value, module)?.cls;
        if (cls !== null && cls !== undefined) return cls;
      }
    }
    return null;
  }
}

const DJANGO_USER = 'django.contrib.auth.models.User';

/** A model of an installed app, under its dotted name where that is known. */
function foreign(label: string, app: string, name: string): ModelRef {
  const lower = `.${app}.models.${name}`.toLowerCase();
  const key = [...KNOWN_MODELS].find((known) => known.toLowerCase().endsWith(lower)) ?? label;
  return { key, name: key.split('.').at(-1) ?? name, cls: null };
}

/** Of one package: the same folder, or the same top. */
function isNear(a: Module, b: Module): boolean {
  const [left, right] = [a.name.split('.'), b.name.split('.')];
  return left.slice(0, -1).join('.') === right.slice(0, -1).join('.') || left[0] === right[0];
}
