import {
  type FunctionInfo,
  functionSites,
  type Module,
  perModule,
  type Program,
  PROPERTY,
} from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { alwaysRaises, isService, mayDecide, returnedCalls } from './optional-syntax.ts';
import { lastName } from './site-table.ts';

/** What the functions of a module are by their own text. */
interface Decisions {
  readonly services: readonly (readonly [string, FunctionInfo])[];
  readonly names: readonly string[];
  /** Functions that are read as attributes. */
  readonly decorated: readonly string[];
  readonly raisers: readonly string[];
  readonly handOn: readonly { readonly name: string; readonly called: ReadonlySet<string> }[];
}

const decisionsOf = perModule((module): Decisions => {
  const own = module.functions.filter(({ def }) => def !== null && !def.generator);
  const services = own.flatMap((fn): [string, FunctionInfo][] =>
    fn.cls !== null && isService(fn) ? [[`${fn.cls.name}.${fn.name}`, fn]] : [],
  );
  const nameOf = ({ name }: FunctionInfo): string => name;
  return {
    services,
    names: own.filter((fn) => isService(fn) || mayDecide(fn)).map(nameOf),
    decorated: own
      .filter(({ def }) => def?.decorators.some((decorator) => mayBeProperty(decorator, module)) ?? false)
      .map(nameOf),
    raisers: own.filter(alwaysRaises).map(nameOf),
    handOn: own
      .filter((fn) => functionSites(fn).returns.length > 0)
      .map((fn) => ({ name: fn.name, called: returnedCalls(fn) }))
      .filter(({ called }) => called.size > 0),
  };
});

/** A decorator that makes a property, by its own name or by the one that it was imported from. */
function mayBeProperty(decorator: Expr, module: Module): boolean {
  const name = lastName(decorator);
  if (name === null) return false;
  if (PROPERTY.test(name)) return true;
  return (module.top.scope.bindings.get(name) ?? []).some(
    ({ source }) => source.kind === 'from' && PROPERTY.test(source.name),
  );
}

/** Names of functions that are worth a look: others decide nothing about None. */
export interface OptionalNames {
  /** Functions that may give None for a missing row. */
  readonly getters: ReadonlySet<string>;
  /** Those of them that may do so in the program as its authors wrote it. */
  readonly written: ReadonlySet<string>;
  /** Those of them that may be properties. */
  readonly properties: ReadonlySet<string>;
  /** Functions that may never come back. */
  readonly raisers: ReadonlySet<string>;
  /** Remote methods by `Class.method`. */
  readonly services: ReadonlyMap<string, FunctionInfo>;
}

/** The name under which a function is said to give None since a fix. */
export function freshKey(path: string, qualname: string): string {
  return `${path}\n${qualname}`;
}

/** Reads the names of a program. `fresh`: functions that give None since a fix; all that hand their results on belong to them. */
export function optionalNames(program: Program, fresh: ReadonlySet<string>): OptionalNames {
  const decided = program.modules.map(decisionsOf);
  const getters = new Set(decided.flatMap(({ names }) => names));
  const handOn = decided.flatMap((of) => of.handOn);
  for (let depth = 0; depth < HANDED; depth++) addHanding(getters, handOn);
  const written = fresh.size > 0 ? new Set(getters) : getters;
  if (fresh.size > 0) {
    for (const key of fresh) getters.add(key.slice(key.search(/[^.\n]+$/)));
    for (let size = 0; size !== getters.size; ) {
      size = getters.size;
      addHanding(getters, handOn);
    }
  }
  const decorated = decided.flatMap((of) => of.decorated);
  return {
    getters,
    written,
    properties: new Set(decorated.filter((name) => getters.has(name))),
    raisers: new Set(decided.flatMap(({ raisers }) => raisers)),
    services: new Map(decided.flatMap(({ services }) => services)),
  };
}

/** Functions that hand a result on to a function that hands it on are looked at, those beyond are not. */
const HANDED = 2;

/** Adds the functions that hand on what one of them gives. */
function addHanding(getters: Set<string>, handOn: Decisions['handOn']): void {
  const found = handOn.filter(({ called }) => [...called].some((other) => getters.has(other)));
  for (const { name } of found) getters.add(name);
}
