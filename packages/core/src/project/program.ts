import type { FrameworkOptions } from '../django/index.ts';
import type { FileFacts } from '../facts/index.ts';
import { type ClassDef, dottedName, type FunctionDef } from '../syntax/index.ts';
import { calledName } from './called-name.ts';
import { AnnotationTexts } from './annotation-text.ts';
import { programCalls } from './call-index.ts';
import { collectEntities } from './collect-entities.ts';
import { entitiesOf } from './entity-index.ts';
import { type ClassInfo, Module } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { Hierarchy } from './hierarchy.ts';
import { Inference } from './infer.ts';
import { attributeOf } from './infer-attribute.ts';
import { Models } from './models.ts';
import { ModuleIndex, moduleNames } from './module-index.ts';
import { imported } from './names.ts';
import type { NameIndex } from './name-index.ts';
import type { PlaceMemo } from './place-memo.ts';
import { collectRegistered } from './registered.ts';
import { requestAttributes, type SetAttribute } from './request-attributes.ts';
import { managerRows } from './rows.ts';
import type { Shortcut } from './shortcut.ts';
import type { CallSite } from './sites.ts';
import { Symbols } from './symbols.ts';
import { type ModelRef, parts, type Type, UNKNOWN } from './types.ts';
import { Work } from './work.ts';

/** All files of a program, linked: modules, classes, functions, models, and the types of expressions. */
export class Program {
  readonly options: FrameworkOptions;
  /** The same object for a program and those that follow it. */
  readonly lineage: object;
  readonly modules: readonly Module[];
  readonly index: ModuleIndex;
  readonly symbols: Symbols;
  readonly hierarchy: Hierarchy;
  readonly annotations = new AnnotationTexts();
  readonly infer: Inference;
  readonly work = new Work();
  /** Shortcuts that are not taken. */
  readonly without: ReadonlySet<Shortcut>;
  readonly models: Models;
  readonly #functions = new Map<FunctionDef, FunctionInfo>();
  readonly #classes = new Map<ClassDef, ClassInfo>();
  readonly #byPath = new Map<string, Module>();
  readonly #renewed: Module[] = [];
  readonly #memos: PlaceMemo<unknown>[] = [];
  #registered: ReadonlyMap<ClassInfo, ModelRef> | null = null;
  readonly #decorators = new Map<FunctionInfo, readonly string[]>();

  /**
   * Links facts. The order of files does not matter: they are sorted by path. Modules of a program that was linked before are
   * taken over where neither their facts nor their name changed: nothing in them depends on other files.
   */
  constructor(
    files: readonly FileFacts[],
    options: FrameworkOptions,
    before: Program | null = null,
    without: ReadonlySet<Shortcut> = new Set(),
  ) {
    this.options = options;
    this.without = without;
    this.lineage = before?.lineage ?? {};
    const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    this.index = new ModuleIndex(
      sorted.map((file) => file.path),
      options.sourceRoots,
    );
    this.infer = new Inference(this);
    this.symbols = new Symbols(this);
    this.hierarchy = new Hierarchy(this.symbols, options.baseModels);
    this.models = new Models(this);
    const names = moduleNames(this.index, sorted);
    const known = new Map(before?.modules.map((module) => [module.facts, module]));
    this.modules = sorted.map((file) => {
      const name = names.get(file.path) ?? file.path;
      const module = known.get(file);
      return module?.name === name ? module : collectEntities(new Module(name, file));
    });
    for (const module of this.modules) {
      this.index.add(module);
      this.#byPath.set(module.path, module);
      for (const fn of module.functions) if (fn.def !== null) this.#functions.set(fn.def, fn);
      for (const cls of module.classes) this.#classes.set(cls.def, cls);
    }
    this.hierarchy.index(this.#classes.values());
  }

  /** The model that a class was registered for. */
  get registered(): ReadonlyMap<ClassInfo, ModelRef> {
    this.#registered ??= collectRegistered(this);
    return this.#registered;
  }

  /** What the program's own code sets on requests. */
  get requestAttributes(): NameIndex<SetAttribute> {
    return requestAttributes(this);
  }

  /** All calls by the last name that they call. */
  get calls(): NameIndex<CallSite> {
    return programCalls(this);
  }

  /** True when a function or class of the program has the name. */
  defines(name: string): boolean {
    return entitiesOf(this).of(name).length > 0;
  }

  /** The module of a file as it was linked. */
  moduleAt(path: string): Module | null {
    return this.#byPath.get(path) ?? null;
  }

  /** Gives a module later facts, whose syntax is the one it has, grafted. */
  renew(module: Module, facts: FileFacts): void {
    const functions = new Map<FunctionDef, FunctionInfo>();
    for (const fn of module.functions) {
      if (fn.def === null) continue;
      functions.set(fn.def, fn);
      this.#functions.delete(fn.def);
    }
    const classes = new Map(module.classes.map((cls) => [cls.def, cls]));
    module.renew(facts);
    collectEntities(module, { functions, classes });
    for (const fn of module.functions) {
      if (fn.def === null) continue;
      this.#functions.set(fn.def, fn);
      functions.delete(fn.def);
    }
    for (const fn of functions.values()) {
      this.#decorators.delete(fn);
      this.infer.drop(fn);
    }
    this.#renewed.push(module);
  }

  /** The modules that were renewed, as often as they were. */
  get renewed(): readonly Module[] {
    return this.#renewed;
  }

  /** What is remembered of places. */
  get memos(): readonly PlaceMemo<unknown>[] {
    return this.#memos;
  }

  remember(memo: PlaceMemo<unknown>): void {
    this.#memos.push(memo);
  }

  get classes(): Iterable<ClassInfo> {
    return this.#classes.values();
  }

  get functions(): Iterable<FunctionInfo> {
    return this.#allFunctions();
  }

  *#allFunctions(): Iterable<FunctionInfo> {
    for (const module of this.modules) yield* module.functions;
  }

  functionInfo(def: FunctionDef): FunctionInfo | null {
    return this.#functions.get(def) ?? null;
  }

  classInfo(def: ClassDef): ClassInfo | null {
    return this.#classes.get(def) ?? null;
  }

  functionOf(def: FunctionDef, _module?: Module): Type {
    const fn = this.#functions.get(def);
    return fn === undefined ? UNKNOWN : { t: 'function', fn, self: null };
  }

  classType(def: ClassDef, _module?: Module): Type {
    const cls = this.#classes.get(def);
    return cls === undefined ? UNKNOWN : this.classOf(cls);
  }

  /** The class itself as a value. */
  classOf(cls: ClassInfo): Type {
    return this.hierarchy.kind(cls) === 'model'
      ? { t: 'model', model: this.models.ref(cls) }
      : { t: 'class', cls };
  }

  /** An instance: a row for models, rows of its model for managers and querysets. */
  instanceOf(cls: ClassInfo): Type {
    const kind = this.hierarchy.kind(cls);
    if (kind === 'model') return { t: 'row', model: this.models.ref(cls) };
    if (kind === 'plain') return { t: 'instance', cls };
    return { t: kind, rows: managerRows(this.models.ofManager(cls), cls, 'self') };
  }

  /** `self` in a method of the class. A mixin that only managers or querysets use is one itself. */
  selfOf(cls: ClassInfo): Type {
    const kinds = new Set(this.hierarchy.subclasses(cls).map((sub) => this.hierarchy.kind(sub)));
    kinds.delete('plain');
    const mixed =
      this.hierarchy.kind(cls) === 'plain' &&
      kinds.size > 0 &&
      !kinds.has('model') &&
      this.hierarchy.externalBases(cls).length === 0;
    if (!mixed) return this.instanceOf(cls);
    return {
      t: kinds.has('queryset') ? 'queryset' : 'manager',
      rows: managerRows(this.models.ofManager(cls), cls, 'self'),
    };
  }

  attribute(base: Type, attr: string): Type {
    return attributeOf(this.infer, base, attr);
  }

  importModule(level: number, name: string, from: Module): Module | null {
    return level === 0 ? this.index.absolute(name, from) : this.index.relative(level, name, from);
  }

  /** `import a.b` seen from a module. */
  moduleType(name: string, from: Module): Type {
    const module = this.index.absolute(name, from);
    return module === null ? { t: 'external', name } : { t: 'module', module };
  }

  /** `from m import name` seen from a module. */
  importedName(level: number, name: string, wanted: string, from: Module): Type {
    return this.infer.refType(imported(this, level, name, wanted, from));
  }

  /** Dotted names of a function's decorators: `celery.shared_task`, or as written when they do not resolve. */
  decoratorNames(fn: FunctionInfo): readonly string[] {
    const known = this.#decorators.get(fn);
    if (known !== undefined) return known;
    this.#decorators.set(fn, []);
    const names = (fn.def?.decorators ?? []).map((decorator) => {
      const target = decorator.kind === 'Call' ? decorator.func : decorator;
      for (const type of parts(this.infer.expr(target, fn.parent ?? fn.module.top))) {
        if (type.t === 'external') return type.name;
        if (type.t === 'function') return calledName(this, type.fn);
        if (type.t === 'class') return type.cls.key;
      }
      return dottedName(target) ?? '';
    });
    this.#decorators.set(fn, names);
    return names;
  }
}
