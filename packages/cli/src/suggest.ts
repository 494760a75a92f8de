/** The word of `known` that `word` was most likely meant to be; null when none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const known = candidate.toLowerCase();
    const distance = begins(wanted, known) ? 1 : editDistance(wanted, known);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Whether one word is the first part of the other, and not too small a part: `warn`, `warning`. */
function begins(word: string, known: string): boolean {
  return (
    (word.length >= 3 && known.startsWith(word)) || (known.length * 2 > word.length && word.startsWith(known))
  );
}

/** `did you mean ...?`, or null. */
export function didYouMean(word: string, known: Iterable<string>, quote = '`'): string | null {
  const found = nearest(word, known);
  return found === null ? null : `did you mean ${quote}${found}${quote}?`;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
export function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let least = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[to.length] ?? 0;
}
