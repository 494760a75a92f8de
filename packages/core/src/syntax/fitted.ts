const NOTHING: readonly never[] = [];

/**
 * A finished list in no more memory than its items take: one that grew by `push` has room for sixteen more of them (V8), and most
 * lists in a program's syntax hold one or two.
 */
export function fitted<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NOTHING : list.slice();
}
