import { type Binding, reaching } from '../scope/index.ts';
import { BEHIND_ALL } from '../text/index.ts';
import type { Module, PlacedBinding } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Program } from './program.ts';

/** What a name leads to, before anything is known of types. */
export type NameRef =
  | { readonly kind: 'bindings'; readonly bindings: readonly PlacedBinding[] }
  | { readonly kind: 'module'; readonly module: Module }
  /** Something of an installed package, by dotted name, or a builtin. */
  | { readonly kind: 'external'; readonly name: string };

const placed = (bindings: readonly Binding[], scope: FunctionInfo): PlacedBinding[] =>
  bindings.map((binding) => ({ binding, scope }));

/** Resolves a name read at an offset of a function: lambdas and comprehensions, enclosing functions, the module, star imports, builtins. */
export function lookupName(program: Program, name: string, fn: FunctionInfo, at: number): NameRef {
  for (let i = fn.inner.length - 1; i >= 0; i--) {
    const inner = fn.inner[i];
    if (inner === undefined || at < inner.start || at >= inner.end) continue;
    const found = inner.bindings.filter((binding) => binding.name === name);
    if (found.length > 0) return { kind: 'bindings', bindings: placed(found, fn) };
  }
  const seen: PlacedBinding[] = [];
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    const isClassBody = scope.def === null && scope.cls !== null;
    if (isClassBody && scope !== fn) continue;
    if (scope.scope.globals.has(name) || (scope === fn.module.top && scope !== fn)) break;
    const own = scope.scope.bindings.get(name);
    if (own === undefined) continue;
    seen.push(...placed(scope === fn ? reaching(own, at) : own, scope));
    if (!scope.scope.nonlocals.has(name))
      return { kind: 'bindings', bindings: [...seen, ...rebound(scope, name)] };
  }
  return inModule(program, fn.module, name);
}

/** What inner functions assign to a name that they declare `nonlocal` or `global`. */
function rebound(scope: FunctionInfo, name: string): readonly PlacedBinding[] {
  return scope.module.rebinders.size === 0 ? [] : (scope.module.rebound.get(scope)?.get(name) ?? []);
}

/** What a module offers under a name; a name that it does not know is a builtin. */
export function inModule(program: Program, module: Module, name: string): NameRef {
  const known = offers(program, module);
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = offered(program, module, name);
  known.set(name, found);
  return found;
}

/** What names of modules were found to lead to, for as long as no module of the program gets later facts: bindings are other objects then. */
interface Offers {
  readonly renewals: number;
  readonly modules: Map<Module, Map<string, NameRef>>;
}

const offersOf = new WeakMap<Program, Offers>();

function offers(program: Program, module: Module): Map<string, NameRef> {
  let kept = offersOf.get(program);
  if (kept?.renewals !== program.renewed.length) {
    kept = { renewals: program.renewed.length, modules: new Map() };
    offersOf.set(program, kept);
  }
  const known = kept.modules.get(module) ?? new Map<string, NameRef>();
  kept.modules.set(module, known);
  return known;
}

function offered(program: Program, module: Module, name: string): NameRef {
  const found = owned(module, name) ?? exported(program, module, name, new Set());
  if (found !== null) return found;
  const child = module.isPackage ? program.index.child(module, name) : null;
  if (child !== null) return { kind: 'module', module: child };
  return foreignStar(program, module, name, new Set()) ?? { kind: 'external', name: `builtins.${name}` };
}

/** A module's own bindings of a name. */
function owned(module: Module, name: string): NameRef | null {
  const own = module.top.scope.bindings.get(name);
  if (own === undefined) return null;
  return {
    kind: 'bindings',
    bindings: [...placed(reaching(own, BEHIND_ALL), module.top), ...rebound(module.top, name)],
  };
}

/** Bindings of a module, or of those that it imports with a star, the last one first. */
function exported(program: Program, module: Module, name: string, seen: Set<Module>): NameRef | null {
  if (seen.has(module)) return null;
  seen.add(module);
  const own = owned(module, name);
  if (own !== null) return own;
  for (const star of module.top.scope.stars) {
    const target = program.importModule(star.level, star.module, module);
    if (target === null || !handsOn(target, name) || circular(program, target, name, seen)) continue;
    const found = exported(program, target, name, seen);
    if (found !== null) return found;
  }
  return null;
}

/** True when `from module import *` gives the name: `__all__` decides where it can be read, else the underscore. */
function handsOn(module: Module, name: string): boolean {
  const names = module.publicNames;
  return names === null ? !name.startsWith('_') || module.top.scope.bindings.has('__all__') : names.has(name);
}

/** True when a module has the name only from one that is being searched already. */
function circular(program: Program, module: Module, name: string, seen: ReadonlySet<Module>): boolean {
  const own = module.top.scope.bindings.get(name) ?? [];
  return (
    own.length > 0 &&
    own.every(({ source }) => {
      const from = source.kind === 'from' ? program.importModule(source.level, source.module, module) : null;
      return from !== null && seen.has(from);
    })
  );
}

/** A name that may come from a star import of an installed package: classes only, so that builtins stay what they are. */
function foreignStar(program: Program, module: Module, name: string, seen: Set<Module>): NameRef | null {
  if (seen.has(module) || !/^[A-Z]/.test(name) || BUILTIN_CLASS.test(name)) return null;
  seen.add(module);
  for (const star of module.top.scope.stars) {
    const target = program.importModule(star.level, star.module, module);
    if (target === null && star.level === 0) return { kind: 'external', name: `${star.module}.${name}` };
    const found = target === null ? null : foreignStar(program, target, name, seen);
    if (found !== null) return found;
  }
  return null;
}

const BUILTIN_CLASS =
  /^([A-Z]\w*(Error|Exception|Warning)|True|False|None|Ellipsis|NotImplemented|Exception|StopIteration|StopAsyncIteration|KeyboardInterrupt|SystemExit|GeneratorExit|ExceptionGroup|BaseExceptionGroup)$/;

/** `module.name`; builtins are no attributes of modules. */
export function moduleMember(program: Program, module: Module, name: string): NameRef {
  const found = inModule(program, module, name);
  return found.kind === 'external' && found.name === `builtins.${name}`
    ? { kind: 'external', name: `${module.name}.${name}` }
    : found;
}

/**
 * What `from m import name` leads to: a name of the module, a submodule, or something of a package that is not read. A package that says
 * `from . import orders` itself means the submodule.
 */
export function imported(program: Program, level: number, from: string, name: string, into: Module): NameRef {
  const module = program.importModule(level, from, into);
  const own = module === into && module.isPackage ? program.index.child(module, name) : null;
  if (own !== null) return { kind: 'module', module: own };
  if (module !== null) return moduleMember(program, module, name);
  const child = program.importModule(level, from === '' ? name : `${from}.${name}`, into);
  if (child !== null) return { kind: 'module', module: child };
  const base = level === 0 ? from : program.index.relativeName(level, from, into);
  return { kind: 'external', name: `${base}.${name}` };
}
