import type { FileFacts } from '../facts/index.ts';
import type { Binding } from '../scope/index.ts';
import type { ClassDef, Expr } from '../syntax/index.ts';
import { FunctionInfo } from './function-info.ts';
import { readPublicNames } from './public-names.ts';
import { collectRebound } from './rebound.ts';
import { collectSelfAttributes } from './self-attributes.ts';

/** One file of the program, linked by name. */
export class Module {
  /** Dotted name from its source root: `shop.orders.tasks`. */
  readonly name: string;
  readonly path: string;
  readonly isPackage: boolean;
  /** Code at module level, seen as a function. */
  readonly top: FunctionInfo;
  readonly functions: FunctionInfo[] = [];
  readonly classes: ClassInfo[] = [];
  /** Functions that declare names `global` or `nonlocal`. */
  readonly rebinders = new Set<FunctionInfo>();
  #facts: FileFacts;
  #edition: object = {};
  #rebound: Rebound | null = null;
  #publicNames: ReadonlySet<string> | null | undefined;

  constructor(name: string, facts: FileFacts) {
    this.name = name;
    this.path = facts.path;
    this.#facts = facts;
    this.isPackage = /(^|\/)__init__\.py$/.test(facts.path);
    this.top = new FunctionInfo({
      module: this,
      qualname: '<module>',
      def: null,
      body: facts.body,
      cls: null,
      parent: null,
    });
    this.functions.push(this.top);
  }

  get facts(): FileFacts {
    return this.#facts;
  }

  /** Another object after each `renew`: what is known of the module's own text is known of one edition. */
  get edition(): object {
    return this.#edition;
  }

  /** Takes later facts, whose body is the one it has, grafted. Its functions and classes are to be collected again. */
  renew(facts: FileFacts): void {
    this.#facts = facts;
    this.#edition = {};
    this.#rebound = null;
    this.#publicNames = undefined;
    this.top.renew();
    this.functions.splice(0, Number.POSITIVE_INFINITY, this.top);
    this.classes.length = 0;
    this.rebinders.clear();
  }

  /** The names in `__all__`; null when there is none, or it is computed. */
  get publicNames(): ReadonlySet<string> | null {
    if (this.#publicNames === undefined) this.#publicNames = readPublicNames(this.facts.body);
    return this.#publicNames;
  }

  /** What functions assign to names of outer scopes. */
  get rebound(): Rebound {
    this.#rebound ??= collectRebound(this);
    return this.#rebound;
  }
}

/** A binding, and the function in which its value is read. */
export interface PlacedBinding {
  readonly binding: Binding;
  readonly scope: FunctionInfo;
}

export type Rebound = ReadonlyMap<FunctionInfo, ReadonlyMap<string, readonly PlacedBinding[]>>;

/** A class of the program. */
export class ClassInfo {
  readonly module: Module;
  readonly qualname: string;
  readonly def: ClassDef;
  /** The scope that the class statement stands in: names of its bases are read there. */
  readonly outer: FunctionInfo;
  /** Class-level names; code of the class body runs in it. */
  readonly bodyScope: FunctionInfo;
  readonly methods = new Map<string, FunctionInfo>();
  #selfAttributes: ReadonlyMap<string, readonly SelfAttribute[]> | null = null;

  constructor(module: Module, qualname: string, def: ClassDef, outer: FunctionInfo) {
    this.module = module;
    this.qualname = qualname;
    this.def = def;
    this.outer = outer;
    this.bodyScope = new FunctionInfo({
      module,
      qualname,
      def: null,
      body: def.body,
      cls: this,
      parent: outer,
    });
  }

  get name(): string {
    return this.def.name;
  }

  /** Forgets what was read from the text: it is another one now. Its methods are to be collected again. */
  renew(): void {
    this.#selfAttributes = null;
    this.methods.clear();
    this.bodyScope.renew();
  }

  /** Unique in the program. */
  get key(): string {
    return `${this.module.name}.${this.qualname}`;
  }

  /** `self.x = value` in any method of this very class. */
  get selfAttributes(): ReadonlyMap<string, readonly SelfAttribute[]> {
    this.#selfAttributes ??= collectSelfAttributes(this);
    return this.#selfAttributes;
  }
}

export interface SelfAttribute {
  readonly value: Expr | null;
  readonly annotation: Expr | null;
  /** The way from the value to the attribute through unpacking. */
  readonly steps: readonly number[];
  readonly fn: FunctionInfo;
}
