import type { Edit } from '../rule/index.ts';
import { type LineIndex, type Span, span } from '../text/index.ts';
import type { SuppressionMatch, NamedCode, Suppression } from './suppress.ts';

/** A comment, or some of its codes, that kept no finding quiet: what DNE900 reports, with the edit of its safe fix. */
export interface UnusedIgnore {
  readonly suppression: Suppression;
  /** Null: the whole comment is unused. */
  readonly codes: readonly NamedCode[] | null;
  readonly span: Span;
  readonly edit: Edit;
}

/**
 * The comments that did nothing. `matches` are all answers of `suppressedBy` for this file; `ours` tells which codes are
 * danglint's: a blanket `# noqa`, and the codes of other tools in one, are never called unused.
 */
export function unusedIgnores(
  suppressions: readonly Suppression[],
  matches: readonly SuppressionMatch[],
  ours: (code: string) => boolean,
  lines: LineIndex,
): readonly UnusedIgnore[] {
  const usedWhole = new Set(matches.map(({ suppression }) => suppression.span.start));
  const usedCodes = new Set(matches.map(({ code }) => code?.start));
  const unused: UnusedIgnore[] = [];
  for (const suppression of suppressions) {
    const { kind, codes } = suppression;
    if (codes === null) {
      if (kind === 'noqa' || usedWhole.has(suppression.span.start)) continue;
      unused.push(whole(suppression, lines));
      continue;
    }
    const mine = kind === 'noqa' || kind === 'file-noqa' ? codes.filter(({ text }) => ours(text)) : codes;
    const idle = mine.filter(({ start }) => !usedCodes.has(start));
    if (idle.length === 0 && mine.length > 0) continue;
    if (mine.length === 0 && kind !== 'ignore' && kind !== 'file-ignore') continue;
    unused.push(idle.length === codes.length ? whole(suppression, lines) : some(suppression, codes, idle));
  }
  return unused;
}

/** Codes that no rule has: what DNE903 reports. In a `noqa` only codes that start with ours are judged. */
export function unknownCodes(
  suppressions: readonly Suppression[],
  known: (codeOrName: string) => boolean,
): readonly NamedCode[] {
  return suppressions.flatMap(({ kind, codes }) => {
    const noqa = kind === 'noqa' || kind === 'file-noqa';
    return (codes ?? []).filter(({ text }) => !known(text) && (!noqa || /^DNE\d/i.test(text)));
  });
}

/** Removes the directive; its line too when nothing else is on it. */
function whole(suppression: Suppression, lines: LineIndex): UnusedIgnore {
  const { start, end } = suppression.span;
  const row = lines.lineOf(start);
  const before = lines.text.slice(lines.startOfLine(row), start);
  const alone = before.trim() === '' && end === lines.endOfLine(row);
  const from = alone ? lines.startOfLine(row) : start - (/[ \t]*$/.exec(before)?.[0].length ?? 0);
  const to = alone ? lines.startOfLine(row + 1) : end;
  return { suppression, codes: null, span: suppression.span, edit: { ...span(from, to), text: '' } };
}

/** Removes some codes and keeps the rest of the comment. */
function some(
  suppression: Suppression,
  codes: readonly NamedCode[],
  idle: readonly NamedCode[],
): UnusedIgnore {
  const kept = codes.filter((code) => !idle.includes(code)).map(({ text }) => text);
  const [first, last] = [codes[0] ?? suppression.span, codes.at(-1) ?? suppression.span];
  const list = span(first.start, last.end);
  return { suppression, codes: idle, span: idle[0] ?? list, edit: { ...list, text: kept.join(', ') } };
}
