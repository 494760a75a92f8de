import type { Binding } from './bindings.ts';

/** What names stand for at one point of a scope; a branch has its own on top of the one it starts from. */
export class Env {
  readonly #parent: Env | null;
  readonly #own = new Map<string, readonly Binding[]>();
  /** False once control cannot leave by the end of the block: it returned, raised or jumped. */
  falls = true;

  constructor(parent: Env | null = null) {
    this.#parent = parent;
  }

  get(name: string): readonly Binding[] {
    return this.#own.get(name) ?? this.#parent?.get(name) ?? [];
  }

  set(name: string, seen: readonly Binding[]): void {
    this.#own.set(name, seen);
  }

  /** Names that were bound since `base`. */
  changedSince(base: Env): ReadonlySet<string> {
    const before = this.#parent === null || this.#parent === base ? [] : this.#parent.changedSince(base);
    return new Set([...before, ...this.#own.keys()]);
  }
}
