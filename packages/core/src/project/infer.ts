import type { Binding } from '../scope/index.ts';
import type { Expr, Param } from '../syntax/index.ts';
import { boundType } from './bound.ts';
import { AskedResults } from './asked-results.ts';
import type { ClassInfo, Module } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { expressionType } from './infer-expression.ts';
import { lookupName, moduleMember, type NameRef } from './names.ts';
import type { Program } from './program.ts';
import { functionResult, returnType } from './returns.ts';
import { type Type, UNKNOWN, union } from './types.ts';

/** Longest chain of inferences followed; longer ones are given up as unknown. */
const MAX_DEPTH = 60;

/** Inferences of one question after which answers found inside cut cycles are kept all the same. */
const BUDGET = 5000;

/** Functions inside functions that are looked at with their arguments. */
const MAX_NESTED = 3;

/** A function whose parameters are what one call hands to it; everything else is asked of the inference around. */
interface BoundCall {
  readonly outer: Inference;
  readonly fn: FunctionInfo;
  readonly params: ReadonlyMap<Param, Type>;
  readonly depth: number;
}

/** Types of expressions, as far as the program's text tells. Memoised; order of questions does not matter but for cycles, which give unknown. */
export class Inference {
  readonly program: Program;
  #types = new WeakMap<object, Type>();
  /** Questions under way, with the number of those around them. */
  readonly #open = new Map<object, number>();
  /** Depth of the outermost question that a cut cycle led back to. */
  #cut = Number.POSITIVE_INFINITY;
  #budget = BUDGET;
  #params = new WeakMap<object, Type>();
  #bindings = new WeakMap<Binding, Type>();
  #returns = new Map<FunctionInfo, Type>();
  readonly #asked: AskedResults;
  readonly #call: BoundCall | null;

  constructor(program: Program, call: BoundCall | null = null) {
    this.program = program;
    this.#call = call;
    this.#asked = call === null ? new AskedResults() : call.outer.#asked;
  }

  /** The inference around, for code that is not the bound function's. */
  #around(fn: FunctionInfo): Inference | null {
    return this.#call === null || this.#call.fn === fn ? null : this.#call.outer;
  }

  /** What the bound call hands to a parameter. */
  given(param: Param): Type | null {
    return this.#call?.params.get(param) ?? null;
  }

  /** What a function gives for these arguments; unknown when calls nest too deep. */
  returnsFor(fn: FunctionInfo, params: ReadonlyMap<Param, Type>): Type {
    const depth = (this.#call?.depth ?? 0) + 1;
    if (depth > MAX_NESTED) return UNKNOWN;
    this.#asked.note(fn, params);
    return returnType(new Inference(this.program, { outer: this, fn, params, depth }), fn);
  }

  /** What a function gives for the arguments that it was asked for; always something new when those were too many. */
  askedOf(fn: FunctionInfo): readonly (Type | symbol)[] {
    return this.#asked.of(fn)?.map((params) => this.returnsFor(fn, params)) ?? [Symbol(fn.name)];
  }

  /** Forgets a function that is gone. */
  drop(fn: FunctionInfo): void {
    this.#returns.delete(fn);
    this.#asked.delete(fn);
  }

  /** Forgets what is known of places in a function and of the functions in it: its body is another one now. */
  forget(fn: FunctionInfo): void {
    this.#returns.delete(fn);
    this.#bindings = new WeakMap();
    const { memos } = this.program;
    const visit = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      this.#types.delete(part);
      this.#params.delete(part);
      for (const memo of memos) memo.delete(part);
      for (const inner of Object.values(part)) visit(inner);
    };
    visit(fn.body);
  }

  forgetAll(): void {
    this.#types = new WeakMap();
    this.#params = new WeakMap();
    this.#bindings = new WeakMap();
    this.#returns = new Map();
    this.#asked.clear();
  }

  expr(expr: Expr, fn: FunctionInfo): Type {
    const around = this.#around(fn);
    if (around !== null) return around.expr(expr, fn);
    return this.#types.get(expr) ?? this.#remembered(expr, this.#types, () => expressionType(this, expr, fn));
  }

  /** The type of a parameter, found once. */
  remembered(param: Param, run: () => Type): Type {
    return this.#remembered(param, this.#params, run);
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
  #remembered<K extends object>(
    key: K,
    known: { get(key: K): Type | undefined; set(key: K, type: Type): unknown },
    run: () => Type,
  ): Type {
    const before = known.get(key);
    if (before !== undefined) return before;
    this.program.work.types++;
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

  /** The type of a name read at an offset inside a function. */
  name(name: string, fn: FunctionInfo, at: number): Type {
    return this.refType(lookupName(this.program, name, fn, at));
  }

  /** What a module offers under a name. */
  moduleName(module: Module, name: string): Type {
    return this.refType(moduleMember(this.program, module, name));
  }

  refType(ref: NameRef): Type {
    if (ref.kind === 'module') return { t: 'module', module: ref.module };
    if (ref.kind === 'external') return { t: 'external', name: ref.name };
    return union(ref.bindings.map(({ binding, scope }) => this.binding(binding, scope)));
  }

  binding(binding: Binding, fn: FunctionInfo): Type {
    const around = this.#around(fn);
    if (around !== null) return around.binding(binding, fn);
    return (
      this.#bindings.get(binding) ??
      this.#remembered(binding, this.#bindings, () => boundType(this, binding, fn))
    );
  }

  /** What the first parameter of a method stands for; null for static methods. */
  selfType(fn: FunctionInfo): Type | null {
    const cls = fn.cls;
    if (cls === null) return null;
    const names = new Set(
      (fn.def?.decorators ?? []).map((decorator) => (decorator.kind === 'Name' ? decorator.id : '')),
    );
    if (names.has('staticmethod')) return null;
    const isClass = names.has('classmethod') || fn.name === '__new__' || fn.name === '__init_subclass__';
    return isClass ? this.program.classOf(cls) : this.program.selfOf(cls);
  }

  /** What a call of a bound function gives. */
  callResult(callee: Extract<Type, { t: 'function' }>, params: ReadonlyMap<Param, Type> = new Map()): Type {
    return functionResult(this, callee, params);
  }

  /** What a call of the function gives; unknown when its text does not tell. */
  returns(fn: FunctionInfo): Type {
    const around = this.#around(fn);
    if (around !== null) return around.returns(fn);
    return this.#remembered(fn, this.#returns, () => returnType(this, fn));
  }

  mro(cls: ClassInfo): readonly (ClassInfo | string)[] {
    return this.program.hierarchy.mro(cls);
  }
}
