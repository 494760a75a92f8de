import { type ClassDef, type FunctionDef, type Stmt, stmtBlocks } from '../syntax/index.ts';
import { ClassInfo, type Module } from './entities.ts';
import { FunctionInfo } from './function-info.ts';

/** The functions and classes of a module by their definitions. */
export interface Entities {
  readonly functions: ReadonlyMap<FunctionDef, FunctionInfo>;
  readonly classes: ReadonlyMap<ClassDef, ClassInfo>;
}

const NONE: Entities = { functions: new Map(), classes: new Map() };

/** Registers the functions and classes of a module, nested ones too. Those that `known` has for a definition stay what they are. */
export function collectEntities(module: Module, known: Entities = NONE): Module {
  new Collection(module, known).collect(module.facts.body, { outer: module.top, cls: null, prefix: '' });
  return module;
}

/** What the statements of a block stand in. */
interface Around {
  readonly outer: FunctionInfo;
  readonly cls: ClassInfo | null;
  readonly prefix: string;
}

class Collection {
  readonly #module: Module;
  readonly #known: Entities;

  constructor(module: Module, known: Entities) {
    this.#module = module;
    this.#known = known;
  }

  collect(body: readonly Stmt[], around: Around): void {
    for (const stmt of body) {
      if (stmt.kind === 'FunctionDef') this.#function(stmt, around);
      else if (stmt.kind === 'ClassDef') this.#class(stmt, around);
      else if (stmt.kind === 'Global' || stmt.kind === 'Nonlocal') this.#module.rebinders.add(around.outer);
      else for (const block of stmtBlocks(stmt)) this.collect(block, around);
    }
  }

  #function(def: FunctionDef, { outer, cls, prefix }: Around): void {
    const qualname = `${prefix}${def.name}`;
    const known = this.#known.functions.get(def);
    known?.renew();
    const fn =
      known ?? new FunctionInfo({ module: this.#module, qualname, def, body: def.body, cls, parent: outer });
    this.#module.functions.push(fn);
    if (cls !== null && outer === cls.bodyScope) addMethod(cls, fn);
    this.collect(def.body, { outer: fn, cls, prefix: `${qualname}.` });
  }

  #class(def: ClassDef, { outer, prefix }: Around): void {
    const known = this.#known.classes.get(def);
    known?.renew();
    const info = known ?? new ClassInfo(this.#module, `${prefix}${def.name}`, def, outer);
    this.#module.classes.push(info);
    this.#module.functions.push(info.bodyScope);
    this.collect(def.body, { outer: info.bodyScope, cls: info, prefix: `${info.qualname}.` });
  }
}

/** A property's setter and a typing overload share the getter's name: the first one with a body that answers stays. */
function addMethod(cls: ClassInfo, fn: FunctionInfo): void {
  const setter = fn.def?.decorators.some(
    (decorator) => decorator.kind === 'Attribute' && /^(setter|deleter)$/.test(decorator.attr),
  );
  if (setter === true && cls.methods.has(fn.name)) return;
  cls.methods.set(fn.name, fn);
}
