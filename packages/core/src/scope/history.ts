import type { Binding } from './bindings.ts';

const NONE_SEEN: readonly Binding[] = [];

/** What one name of a scope stands for at each place. Written from the top of the scope to its bottom. */
export class History {
  /** Made when something is logged: most names are bound once and have no history. */
  #entries: { readonly from: number; readonly seen: readonly Binding[] }[] | null = null;

  /** From an offset on the name stands for these. Offsets never go back; the last word on an offset counts. */
  log(from: number, seen: readonly Binding[]): void {
    this.#entries ??= [];
    this.#entries.push({ from, seen });
  }

  /** The bindings that a use at an offset may see; none where no binding can have run before it. */
  seenAt(at: number): readonly Binding[] {
    const entries = this.#entries;
    if (entries === null) return NONE_SEEN;
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle]?.from ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return entries[low - 1]?.seen ?? NONE_SEEN;
  }
}

/**
 * The bindings of one name that a use at `at` may see. A use that none can reach (code that runs later, or never) may see
 * all of them; the end of the scope is any offset past it.
 */
export function reaching(bindings: readonly Binding[], at: number): readonly Binding[] {
  const seen = bindings[0]?.history.seenAt(at) ?? NONE_SEEN;
  return seen.length > 0 ? seen : bindings;
}

/** All bindings of several sets, each once, in the order of the text. */
export function merged(sets: readonly (readonly Binding[])[]): readonly Binding[] {
  const [first] = sets;
  if (first !== undefined && sets.every((set) => set === first)) return first;
  return [...new Set(sets.flat())].sort((a, b) => a.at.start - b.at.start);
}
