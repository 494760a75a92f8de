import type { FileFacts } from '../facts/index.ts';
import { buildScope, type InnerScope, innerScopes, type Scope } from '../scope/index.ts';
import type { ClassDef, Expr, FunctionDef, Param, Stmt } from '../syntax/index.ts';
import { opensScope, stmtBlocks, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';

/** One file of the program, linked by name. */
export class Module {
  /** Dotted name from its source root: `shop.orders.tasks`. */
  readonly name: string;
  readonly path: string;
  readonly facts: FileFacts;
  readonly isPackage: boolean;
  /** Code at module level, seen as a function. */
  readonly top: FunctionInfo;
  readonly functions: FunctionInfo[] = [];
  readonly classes: ClassInfo[] = [];

  constructor(name: string, facts: FileFacts) {
    this.name = name;
    this.path = facts.path;
    this.facts = facts;
    this.isPackage = /(^|\/)__init__\.py$/.test(facts.path);
    this.top = new FunctionInfo({ module: this, qualname: '<module>', def: null, body: facts.body, cls: null, parent: null });
    this.functions.push(this.top);
  }
}

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
    this.bodyScope = new FunctionInfo({ module, qualname, def: null, body: def.body, cls: this, parent: outer });
  }

  get name(): string {
    return this.def.name;
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
  readonly fn: FunctionInfo;
}

interface FunctionParts {
  readonly module: Module;
  readonly qualname: string;
  readonly def: FunctionDef | null;
  readonly body: readonly Stmt[];
  readonly cls: ClassInfo | null;
  readonly parent: FunctionInfo | null;
}

/** A function, method, class body or module body: code that runs as one. */
export class FunctionInfo {
  readonly module: Module;
  /** `Class.method`, `outer.inner`, the class's name for its body, `<module>` for module level. */
  readonly qualname: string;
  /** Null for class and module bodies. */
  readonly def: FunctionDef | null;
  readonly body: readonly Stmt[];
  /** The class whose method this is, or whose body. */
  readonly cls: ClassInfo | null;
  readonly parent: FunctionInfo | null;
  #scope: Scope | null = null;
  #inner: readonly InnerScope[] | null = null;

  constructor(parts: FunctionParts) {
    this.module = parts.module;
    this.qualname = parts.qualname;
    this.def = parts.def;
    this.body = parts.body;
    this.cls = parts.cls;
    this.parent = parts.parent;
  }

  get name(): string {
    return this.def?.name ?? this.qualname;
  }

  get key(): string {
    return `${this.module.name}:${this.qualname}:${this.def?.start ?? 0}`;
  }

  get path(): string {
    return this.module.path;
  }

  get params(): readonly Param[] {
    return this.def?.params ?? [];
  }

  /** True for a method proper: its first parameter is the instance or the class. */
  get isMethod(): boolean {
    return this.def !== null && this.cls !== null && this.parent === this.cls.bodyScope;
  }

  get span(): Span {
    return this.def ?? { start: this.module.facts.body[0]?.start ?? ZERO, end: this.module.facts.body.at(-1)?.end ?? ZERO };
  }

  get scope(): Scope {
    this.#scope ??= buildScope(this.body, this.params);
    return this.#scope;
  }

  /** Scopes of lambdas and comprehensions inside, outer ones first. */
  get inner(): readonly InnerScope[] {
    this.#inner ??= collectInner(this.body);
    return this.#inner;
  }
}

const ZERO = 0 as Span['start'];

function collectInner(body: readonly Stmt[]): InnerScope[] {
  const out: InnerScope[] = [];
  const visit = (expr: Expr): void =>
    walkExpr(expr, (part) => {
      if (part.kind === 'Lambda' || part.kind === 'ListComp' || part.kind === 'SetComp' || part.kind === 'DictComp' || part.kind === 'GeneratorExp') {
        out.push(...innerScopes(part));
      }
    });
  const block = (stmts: readonly Stmt[]): void => {
    for (const stmt of stmts) {
      for (const expr of stmtExprs(stmt)) visit(expr);
      if (!opensScope(stmt)) for (const inner of stmtBlocks(stmt)) block(inner);
    }
  };
  block(body);
  return out;
}

function collectSelfAttributes(cls: ClassInfo): Map<string, SelfAttribute[]> {
  const out = new Map<string, SelfAttribute[]>();
  for (const fn of cls.methods.values()) {
    const self = fn.params[0]?.name;
    if (self === undefined) continue;
    const block = (stmts: readonly Stmt[]): void => {
      for (const stmt of stmts) {
        if (stmt.kind === 'Assign') {
          for (const target of stmt.targets) {
            if (target.kind !== 'Attribute' || target.value.kind !== 'Name' || target.value.id !== self) continue;
            const entry = { value: stmt.value, annotation: stmt.annotation, fn };
            out.set(target.attr, [...(out.get(target.attr) ?? []), entry]);
          }
        }
        if (!opensScope(stmt)) for (const inner of stmtBlocks(stmt)) block(inner);
      }
    };
    block(fn.body);
  }
  return out;
}

/** Registers the functions and classes of a module, nested ones too. */
export function collectEntities(module: Module): void {
  collectIn(module, module.facts.body, module.top, null, '');
}

function collectIn(module: Module, body: readonly Stmt[], outer: FunctionInfo, cls: ClassInfo | null, prefix: string): void {
  for (const stmt of body) {
    if (stmt.kind === 'FunctionDef') {
      const qualname = `${prefix}${stmt.name}`;
      const fn = new FunctionInfo({ module, qualname, def: stmt, body: stmt.body, cls, parent: outer });
      module.functions.push(fn);
      if (cls !== null && outer === cls.bodyScope) addMethod(cls, fn);
      collectIn(module, stmt.body, fn, cls, `${qualname}.`);
    } else if (stmt.kind === 'ClassDef') {
      const info = new ClassInfo(module, `${prefix}${stmt.name}`, stmt, outer);
      module.classes.push(info);
      module.functions.push(info.bodyScope);
      collectIn(module, stmt.body, info.bodyScope, info, `${info.qualname}.`);
    } else for (const block of stmtBlocks(stmt)) collectIn(module, block, outer, cls, prefix);
  }
}

/** A property's setter and a typing overload share the getter's name: the first one with a body that answers stays. */
function addMethod(cls: ClassInfo, fn: FunctionInfo): void {
  const setter = fn.def?.decorators.some((decorator) => decorator.kind === 'Attribute' && /^(setter|deleter)$/.test(decorator.attr));
  if (setter === true && cls.methods.has(fn.name)) return;
  cls.methods.set(fn.name, fn);
}
