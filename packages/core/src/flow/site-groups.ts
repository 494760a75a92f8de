import {
  type FunctionInfo,
  type NameIndex,
  type PlaceMemo,
  placeMemo,
  type Program,
} from '../project/index.ts';

type Grouped<T> = ReadonlyMap<FunctionInfo, readonly T[]>;

/** What is remembered of lists: it stands on the types of what is in them. */
export function groupMemo<T>(): (program: Program) => PlaceMemo<Grouped<T>> {
  return placeMemo<Grouped<T>>();
}

/**
 * The sites under a name by the functions that they stand for: worked out once a name, however many functions share it, and again
 * only for modules whose sites under the name are other ones.
 */
export class Groups<T> {
  readonly #index: NameIndex<T>;
  readonly #known: PlaceMemo<Grouped<T>>;
  readonly #targets: (site: T) => readonly FunctionInfo[];

  constructor(
    index: NameIndex<T>,
    known: PlaceMemo<Grouped<T>>,
    targets: (site: T) => readonly FunctionInfo[],
  ) {
    this.#index = index;
    this.#known = known;
    this.#targets = targets;
  }

  /** The sites under a name that stand for a function, in the order of the modules. */
  of(name: string, fn: FunctionInfo): readonly T[] {
    return this.#all(name).get(fn) ?? [];
  }

  #all(name: string): Grouped<T> {
    const all = this.#index.of(name);
    const known = this.#known.get(all);
    if (known !== undefined) return known;
    const out = new Map<FunctionInfo, T[]>();
    for (const list of this.#index.lists(name)) {
      for (const [fn, sites] of this.#part(list)) {
        const before = out.get(fn);
        if (before === undefined) out.set(fn, [...sites]);
        else for (const site of sites) before.push(site);
      }
    }
    this.#known.set(all, out);
    return out;
  }

  #part(list: readonly T[]): Grouped<T> {
    const known = this.#known.get(list);
    if (known !== undefined) return known;
    const out = new Map<FunctionInfo, T[]>();
    for (const site of list) {
      for (const fn of this.#targets(site)) {
        const before = out.get(fn);
        if (before === undefined) out.set(fn, [site]);
        else if (before.at(-1) !== site) before.push(site);
      }
    }
    this.#known.set(list, out);
    return out;
  }
}
