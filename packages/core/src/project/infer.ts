import { reaching } from '../scope/index.ts';
import type { Binding } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import type { ClassInfo, FunctionInfo, Module } from './entities.ts';
import { attributeType } from './infer-attribute.ts';
import { callType, returnType } from './infer-call.ts';
import type { Program } from './program.ts';
import { NONE, parts, type Type, UNKNOWN, union } from './types.ts';

/** Longest chain of inferences followed; longer ones are given up as unknown. */
const MAX_DEPTH = 60;

/** Inferences of one question after which answers found inside cut cycles are kept all the same. */
const BUDGET = 5000;

/** Types of expressions, as far as the program's text tells. Memoised; order of questions does not matter but for cycles, which give unknown. */
export class Inference {
  readonly program: Program;
  readonly #types = new WeakMap<Expr, Type>();
  /** Questions under way, with the number of those around them. */
  readonly #open = new Map<object, number>();
  /** Depth of the outermost question that a cut cycle led back to. */
  #cut = Number.POSITIVE_INFINITY;
  #budget = BUDGET;
  readonly #returns = new Map<FunctionInfo, Type>();
  readonly #moduleNames = new Map<Module, Map<string, Type>>();

  constructor(program: Program) {
    this.program = program;
  }

  expr(expr: Expr, fn: FunctionInfo): Type {
    return this.#remembered(expr, this.#types, () => this.#infer(expr, fn));
  }

  /** Runs an inference unless it is already under way (a cycle) or too deep. */
  guarded(key: object, run: () => Type): Type {
    const open = this.#open.get(key);
    if (open !== undefined || this.#open.size > MAX_DEPTH) {
      this.#cut = Math.min(this.#cut, open ?? 0);
      return UNKNOWN;
    }
    this.#open.set(key, this.#open.size);
    try {
      return run();
    } finally {
      this.#open.delete(key);
    }
  }

  /**
   * An answer that was found while a cycle through an outer question was cut is not kept: asked on its own it may know more.
   * That makes answers independent of the order of questions; the budget bounds what the repetition may cost.
   */
  #remembered<K extends object>(key: K, known: { get(key: K): Type | undefined; set(key: K, type: Type): unknown }, run: () => Type): Type {
    const before = known.get(key);
    if (before !== undefined) return before;
    const depth = this.#open.size;
    if (depth === 0) this.#budget = BUDGET;
    this.#budget--;
    const outer = this.#cut;
    this.#cut = Number.POSITIVE_INFINITY;
    const type = this.guarded(key, run);
    if (this.#cut >= depth || this.#budget < 0) {
      if (!this.#open.has(key)) known.set(key, type);
      this.#cut = outer;
    } else this.#cut = Math.min(this.#cut, outer);
    return type;
  }

  #infer(expr: Expr, fn: FunctionInfo): Type {
    switch (expr.kind) {
      case 'Name':
        return this.name(expr.id, fn, expr.start);
      case 'Attribute':
        return attributeType(this, expr, fn);
      case 'Call':
        return callType(this, expr, fn);
      case 'Await':
      case 'Starred':
        return this.expr(expr.value, fn);
      case 'NamedExpr':
        return this.expr(expr.value, fn);
      case 'Constant':
        return expr.type === 'none' ? NONE : UNKNOWN;
      case 'IfExp':
        return union([this.expr(expr.body, fn), this.expr(expr.orelse, fn)]);
      case 'BoolOp':
        return union([this.expr(expr.left, fn), this.expr(expr.right, fn)]);
      case 'Subscript':
        return this.#subscript(expr, fn);
      case 'Tuple':
        return { t: 'tuple', items: expr.elts.map((item) => this.expr(item, fn)) };
      case 'List':
      case 'Set':
        return { t: 'seq', item: union(expr.elts.slice(0, 8).map((item) => this.expr(item, fn))) };
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        return { t: 'seq', item: this.expr(expr.element, fn) };
      case 'Dict':
        return { t: 'map', value: union(expr.entries.slice(0, 12).map((entry) => this.expr(entry.value, fn))) };
      case 'DictComp':
        return { t: 'map', value: expr.value === null ? UNKNOWN : this.expr(expr.value, fn) };
      case 'BinOp':
        return expr.op === '|' || expr.op === '&' ? this.#combined(expr, fn) : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  /** `qs | qs` is a queryset; other uses of the operators say nothing. */
  #combined(expr: Extract<Expr, { kind: 'BinOp' }>, fn: FunctionInfo): Type {
    const left = this.expr(expr.left, fn);
    return left.t === 'queryset' ? left : UNKNOWN;
  }

  #subscript(expr: Extract<Expr, { kind: 'Subscript' }>, fn: FunctionInfo): Type {
    const base = this.expr(expr.value, fn);
    return union(
      parts(base).map((part): Type => {
        if (part.t === 'map') return part.value;
        if (expr.index.kind === 'Slice') return part.t === 'seq' || part.t === 'queryset' ? sliced(part, expr) : UNKNOWN;
        if (part.t === 'seq') return part.item;
        if (part.t === 'queryset') return { t: 'row', model: part.rows.model };
        if (part.t === 'tuple' && expr.index.kind === 'Constant') return part.items[Number(expr.index.value)] ?? UNKNOWN;
        return part.t === 'class' || part.t === 'model' || part.t === 'external' ? part : UNKNOWN;
      }),
    );
  }

  /** The type of a name read at an offset inside a function. */
  name(name: string, fn: FunctionInfo, at: number): Type {
    for (let i = fn.inner.length - 1; i >= 0; i--) {
      const inner = fn.inner[i];
      if (inner === undefined || at < inner.start || at >= inner.end) continue;
      const found = inner.bindings.filter((binding) => binding.name === name);
      if (found.length > 0) return union(found.map((binding) => this.binding(binding, fn)));
    }
    for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
      const skipped = scope !== fn && scope.def === null && scope.cls !== null;
      if (skipped || scope.scope.globals.has(name)) continue;
      const bindings = scope.scope.bindings.get(name);
      if (bindings === undefined) continue;
      const seen = scope === fn && (scope.def !== null || bindings.length > 1) ? reaching(bindings, at) : bindings;
      return union(seen.map((binding) => this.binding(binding, scope)));
    }
    return this.moduleName(fn.module, name, new Set());
  }

  /** What a module offers under a name, star imports and submodules included; builtins last. */
  moduleName(module: Module, name: string, seen: Set<Module>): Type {
    if (seen.size > 0) return this.#moduleName(module, name, seen);
    const names = this.#moduleNames.get(module) ?? new Map<string, Type>();
    this.#moduleNames.set(module, names);
    const known = names.get(name);
    if (known !== undefined) return known;
    const type = this.#moduleName(module, name, seen);
    if (type.t !== 'unknown') names.set(name, type);
    return type;
  }

  #moduleName(module: Module, name: string, seen: Set<Module>): Type {
    if (seen.has(module)) return UNKNOWN;
    seen.add(module);
    const bindings = module.top.scope.bindings.get(name);
    if (bindings !== undefined) return union(bindings.map((binding) => this.binding(binding, module.top)));
    for (const star of module.top.scope.stars) {
      const target = this.program.importModule(star.level, star.module, module);
      const type = target === null ? UNKNOWN : this.#moduleName(target, name, seen);
      if (type.t !== 'unknown' && !(type.t === 'external' && type.name.startsWith('builtins.'))) return type;
    }
    const child = module.isPackage ? this.program.index.child(module, name) : null;
    if (child !== null) return { t: 'module', module: child };
    return seen.size === 1 ? this.#starExternal(module, name) : UNKNOWN;
  }

  /** A name that nothing binds: from a star import of an installed package when there is one, else a builtin. */
  #starExternal(module: Module, name: string): Type {
    for (const star of module.top.scope.stars) {
      if (star.level === 0 && /^[A-Z]/.test(name) && this.program.index.absolute(star.module, module) === null && !BUILTIN_CLASSES.test(name)) {
        return { t: 'external', name: `${star.module}.${name}` };
      }
    }
    return { t: 'external', name: `builtins.${name}` };
  }

  binding(binding: Binding, fn: FunctionInfo): Type {
    return this.guarded(binding, () => this.#bound(binding, fn));
  }

  #bound(binding: Binding, fn: FunctionInfo): Type {
    const source = binding.source;
    switch (source.kind) {
      case 'assign':
        return this.#assigned(source, fn);
      case 'param':
        return this.#param(binding, fn);
      case 'for':
        return step(this.itemOf(this.expr(source.iter, fn)), source.steps);
      case 'with':
        return this.#entered(this.expr(source.context, fn));
      case 'import':
        return this.program.moduleType(source.module, fn.module);
      case 'from':
        return this.program.importedName(source.level, source.module, source.name, fn.module);
      case 'def':
        return this.program.functionOf(source.def, fn.module);
      case 'class':
        return this.program.classType(source.def, fn.module);
      default:
        return UNKNOWN;
    }
  }

  #assigned(source: Extract<Binding['source'], { kind: 'assign' }>, fn: FunctionInfo): Type {
    if (source.annotation !== null) {
      const declared = annotationType(this, source.annotation, fn);
      if (declared.t !== 'unknown') return declared;
    }
    return source.value === null ? UNKNOWN : step(this.expr(source.value, fn), source.steps);
  }

  #param(binding: Binding, fn: FunctionInfo): Type {
    if (binding.source.kind !== 'param') return UNKNOWN;
    const { param, index } = binding.source;
    if (index === 0 && fn.isMethod && fn.params[0] === param) {
      const self = this.selfType(fn);
      if (self !== null) return self;
    }
    if (param.annotation !== null && param.star === 0) {
      const declared = annotationType(this, param.annotation, fn);
      if (declared.t !== 'unknown') return declared;
    }
    const sent = param.name === 'instance' || param.name === 'sender' ? this.#sent(fn, param.name) : UNKNOWN;
    if (sent.t !== 'unknown') return sent;
    return param.default === null || param.star !== 0 ? UNKNOWN : union([this.expr(param.default, fn.parent ?? fn)]);
  }

  /** `instance` and `sender` of `@receiver(signal, sender=Model)`. */
  #sent(fn: FunctionInfo, name: string): Type {
    for (const decorator of fn.def?.decorators ?? []) {
      const sender = decorator.kind === 'Call' ? decorator.args.find((arg) => arg.name === 'sender')?.value : undefined;
      if (sender === undefined) continue;
      const type = this.expr(sender, fn.parent ?? fn);
      if (name === 'sender') return type;
      return union(parts(type).map((part): Type => (part.t === 'model' ? { t: 'row', model: part.model } : UNKNOWN)));
    }
    return UNKNOWN;
  }

  /** What the first parameter of a method stands for; null for static methods. */
  selfType(fn: FunctionInfo): Type | null {
    const cls = fn.cls;
    if (cls === null) return null;
    const names = (fn.def?.decorators ?? []).map((decorator) => (decorator.kind === 'Name' ? decorator.id : ''));
    if (names.includes('staticmethod')) return null;
    const isClass = names.includes('classmethod') || fn.name === '__new__' || fn.name === '__init_subclass__';
    return isClass ? this.program.classOf(cls) : this.program.instanceOf(cls);
  }

  #entered(context: Type): Type {
    return union(parts(context).map((part) => (part.t === 'instance' ? part : UNKNOWN)));
  }

  /** What a `for` loop over a value binds. */
  itemOf(type: Type): Type {
    return union(
      parts(type).map((part): Type => {
        if (part.t === 'seq') return part.item;
        if (part.t === 'queryset' || part.t === 'manager') {
          return part.rows.chain.some((link) => link.method.startsWith('values')) ? UNKNOWN : { t: 'row', model: part.rows.model };
        }
        return part.t === 'tuple' ? union(part.items) : UNKNOWN;
      }),
    );
  }

  /** What a call of the function gives; unknown when its text does not tell. */
  returns(fn: FunctionInfo): Type {
    return this.#remembered(fn, this.#returns, () => returnType(this, fn));
  }

  mro(cls: ClassInfo): readonly (ClassInfo | string)[] {
    return this.program.hierarchy.mro(cls);
  }
}

const BUILTIN_CLASSES = /^(Exception|BaseException|ValueError|KeyError|TypeError|AttributeError|IndexError|LookupError|RuntimeError|OSError|IOError|ImportError|NotImplementedError|StopIteration|AssertionError|UnicodeDecodeError|UnicodeEncodeError|ZeroDivisionError|True|False|None)$/;

function sliced(type: Type, expr: Extract<Expr, { kind: 'Subscript' }>): Type {
  if (type.t !== 'queryset') return type;
  const call = { kind: 'Call' as const, start: expr.start, end: expr.end, func: expr.value, args: [] };
  return { t: 'queryset', rows: { ...type.rows, chain: [...type.rows.chain, { method: '[:]', call }] } };
}

/** Follows unpacking steps into a type. */
function step(type: Type, steps: readonly number[]): Type {
  let current = type;
  for (const at of steps) {
    current = union(
      parts(current).map((part): Type => {
        if (part.t === 'tuple') return at < 0 ? { t: 'seq', item: union(part.items) } : (part.items[at] ?? UNKNOWN);
        if (part.t === 'seq') return at < 0 ? part : part.item;
        return UNKNOWN;
      }),
    );
  }
  return current;
}
