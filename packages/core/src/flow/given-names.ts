import { type CallSite, functionSites, type FunctionInfo } from '../project/index.ts';
import { targetNames } from '../scope/index.ts';
import { isComprehension } from '../syntax/index.ts';
import { loopsOf } from './loops.ts';

/** Attributes that hold classes or functions, by their names. */
const HOLDERS = /(class|cls|factory|func|fn|callback|handler)_?$/;

/** Names that are values in a function: its parameters, what its statements assign and its loops give. */
function valueNames(fn: FunctionInfo): ReadonlySet<string> {
  const names = new Set(fn.params.map(({ name }) => name));
  for (const { target } of functionSites(fn).given)
    for (const { name } of targetNames(target)) names.add(name);
  return names;
}

/**
 * Tells which calls of a function have a callee without a name of its own: of a value that a name holds here, or in a function or
 * module around, of an entry of a table, of what another call gives. Its function is found by what the value is.
 */
export class IndirectCalls {
  readonly #known = new Map<FunctionInfo, ReadonlySet<string>>();

  has({ expr: { func }, place }: CallSite): boolean {
    if (func.kind === 'Subscript' || func.kind === 'Call') return true;
    if (func.kind === 'Attribute') return HOLDERS.test(func.attr);
    if (func.kind !== 'Name') return false;
    if (this.#isValue(func.id, place.fn)) return true;
    const within = place.deferred !== null || (place.loop !== null && isComprehension(place.loop));
    return within && loopsOf(func, place.fn).length > 0;
  }

  #isValue(name: string, fn: FunctionInfo): boolean {
    for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent)
      if (this.#values(scope).has(name)) return true;
    return this.#values(fn.module.top).has(name);
  }

  #values(fn: FunctionInfo): ReadonlySet<string> {
    const known = this.#known.get(fn) ?? valueNames(fn);
    this.#known.set(fn, known);
    return known;
  }
}
