import type { Program } from './program.ts';

/** What is known of places in the syntax of a program, for as long as the types of expressions stay what they are. */
export class PlaceMemo<T> {
  #known = new WeakMap<object, T>();

  get(place: object): T | undefined {
    return this.#known.get(place);
  }

  set(place: object, value: T): void {
    this.#known.set(place, value);
  }

  delete(place: object): void {
    this.#known.delete(place);
  }

  clear(): void {
    this.#known = new WeakMap();
  }
}

/** A memo of each program. What it holds may stand on types, and on what functions and classes there are. */
export function placeMemo<T>(): (program: Program) => PlaceMemo<T> {
  const known = new WeakMap<Program, PlaceMemo<T>>();
  return (program) => {
    const before = known.get(program);
    if (before !== undefined) return before;
    const memo = new PlaceMemo<T>();
    known.set(program, memo);
    program.remember(memo);
    return memo;
  };
}
