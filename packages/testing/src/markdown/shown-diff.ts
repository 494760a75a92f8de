/** The text after the changes that a diff block shows; a problem in words when the block does not fit the text. */
export type Applied =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Applies a diff as documentation writes it: lines that begin with ` `, `-` and `+`, hunks parted by lines that begin with
 * `@@`, no line numbers. Each hunk must fit exactly one place.
 */
export function applyShownDiff(text: string, diff: string): Applied {
  let result = text;
  for (const hunk of hunksOf(diff)) {
    const before = side(hunk, '-');
    const places = before === '' ? 0 : result.split(before).length - 1;
    if (places !== 1) {
      return { ok: false, problem: `a hunk of the diff fits ${places} places of the example:\n${before}` };
    }
    result = result.replace(before, () => side(hunk, '+'));
  }
  return { ok: true, text: result };
}

function hunksOf(diff: string): string[][] {
  const hunks: string[][] = [[]];
  for (const line of diff.split('\n').slice(0, -1)) {
    if (line.startsWith('@@')) hunks.push([]);
    else hunks.at(-1)?.push(line);
  }
  return hunks.filter((hunk) => hunk.length > 0);
}

/** The lines of one side of a hunk; a bare empty line counts as context, editors strip its blank. */
function side(hunk: readonly string[], mark: '-' | '+'): string {
  return hunk
    .filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark))
    .map((line) => `${line.slice(1)}\n`)
    .join('');
}
