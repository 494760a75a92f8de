import type { Module } from './entities.ts';
import { perModule } from './per-module.ts';
import type { Program } from './program.ts';

/** What one module has under names. */
type Table<T> = ReadonlyMap<string, readonly T[]>;

/** Lists by name over all modules of a program, in their order. They are put together for the names that are asked for. */
export class NameIndex<T> {
  /** The modules that have something under a name, by path. */
  readonly #modules = new Map<string, Module[]>();
  readonly #joined = new Map<string, readonly T[]>();
  /** The table of each module, with the edition that it was read from. */
  readonly #tables = new Map<Module, { readonly edition: object; readonly table: Table<T> }>();

  of(name: string): readonly T[] {
    const known = this.#joined.get(name);
    if (known !== undefined) return known;
    const joined = this.lists(name).flat();
    this.#joined.set(name, joined);
    return joined;
  }

  /** How many there are under a name; a number above `limit` when there are more than that. */
  count(name: string, limit = Number.POSITIVE_INFINITY): number {
    let count = 0;
    for (const module of this.#modules.get(name) ?? []) {
      count += this.#tables.get(module)?.table.get(name)?.length ?? 0;
      if (count > limit) break;
    }
    return count;
  }

  /** What the modules have under a name, one list each; a list stays the same one for as long as what is in it does. */
  lists(name: string): readonly (readonly T[])[] {
    return (this.#modules.get(name) ?? []).map((module) => this.#tables.get(module)?.table.get(name) ?? []);
  }

  /** Brings the lists up to the modules as they are now. Cheap when few of them are other than before. */
  update(modules: readonly Module[], tableOf: (module: Module) => Table<T>): void {
    const first = this.#tables.size === 0;
    const fresh = modules.filter((module) => this.#tables.get(module)?.edition !== module.edition);
    const gone = new Set(this.#tables.keys());
    for (const module of modules) gone.delete(module);
    for (const module of [...gone, ...fresh]) this.#remove(module);
    for (const module of fresh) this.#add(module, tableOf(module), first);
  }

  /** Brings the lists up to modules that have been renewed. */
  renew(modules: ReadonlySet<Module>, tableOf: (module: Module) => Table<T>): void {
    for (const module of modules) this.#replace(module, tableOf(module));
  }

  /** Leaves what is under a name as it is where the later table has the same there. */
  #replace(module: Module, table: Table<T>): void {
    const before = this.#tables.get(module)?.table ?? new Map<string, readonly T[]>();
    const kept = new Map<string, readonly T[]>();
    for (const [name, list] of table) {
      const known = before.get(name);
      if (known === undefined) this.#put(name, module);
      const same = known !== undefined && sameItems(known, list);
      if (!same) this.#joined.delete(name);
      kept.set(name, same ? known : list);
    }
    for (const name of before.keys()) if (!table.has(name)) this.#take(name, module);
    this.#tables.set(module, { edition: module.edition, table: kept });
  }

  #put(name: string, module: Module): void {
    const modules = this.#modules.get(name);
    if (modules === undefined) this.#modules.set(name, [module]);
    else modules.splice(placeIn(modules, module.path), 0, module);
  }

  #take(name: string, { path }: Module): void {
    this.#joined.delete(name);
    const modules = this.#modules.get(name) ?? [];
    modules.splice(placeIn(modules, path), 1);
    if (modules.length === 0) this.#modules.delete(name);
  }

  #remove(module: Module): void {
    const table = this.#tables.get(module)?.table;
    if (table === undefined) return;
    this.#tables.delete(module);
    for (const name of table.keys()) this.#take(name, module);
  }

  /** `last`: the module comes after all that are there. */
  #add(module: Module, table: Table<T>, last: boolean): void {
    this.#tables.set(module, { edition: module.edition, table });
    for (const name of table.keys()) {
      if (this.#joined.size > 0) this.#joined.delete(name);
      const modules = last ? this.#modules.get(name) : undefined;
      if (modules === undefined) this.#put(name, module);
      else modules.push(module);
    }
  }
}

function sameItems<T>(before: readonly T[], after: readonly T[]): boolean {
  return before.length === after.length && before.every((item, i) => item === after[i]);
}

/** Where the module of a path stands among sorted ones, or would stand. */
function placeIn(modules: readonly Module[], path: string): number {
  let [low, high] = [0, modules.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((modules[middle]?.path ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * An index over whatever program it is asked for, by what each module's own text has under names. A program that follows another
 * one takes its index over, brought up to date.
 */
export function nameIndex<T>(compute: (module: Module) => Table<T>): (program: Program) => NameIndex<T> {
  const tableOf = perModule((module): Table<T> => {
    const table = compute(module);
    return table.size === 0 ? NOTHING : table;
  });
  const known = new WeakMap<object, Known<T>>();
  return (program) => {
    const { lineage, renewed } = program;
    const before = known.get(lineage);
    const index = before?.index ?? new NameIndex<T>();
    if (before?.program !== program) index.update(program.modules, tableOf);
    else if (before.renewed === renewed.length) return index;
    else index.renew(new Set(renewed.slice(before.renewed)), tableOf);
    known.set(lineage, { program, renewed: renewed.length, index });
    return index;
  };
}

/** An index, and the state of the program that it is of. */
interface Known<T> {
  readonly program: Program;
  /** How many renewals of modules it has seen. */
  readonly renewed: number;
  readonly index: NameIndex<T>;
}

/** What the modules of a program have, in their order. */
export function moduleList<T>(compute: (module: Module) => readonly T[]): (program: Program) => readonly T[] {
  const index = nameIndex((module): Table<T> => {
    const list = compute(module);
    return list.length === 0 ? NOTHING : new Map([['', list]]);
  });
  return (program) => index(program).of('');
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();
