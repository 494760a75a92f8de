import type { Edit } from '../rule/index.ts';
import { type LineIndex, type Span, span } from '../text/index.ts';
import type { NamedCode } from './directive.ts';
import type { SuppressionMatch, Suppression } from './suppress.ts';

/** A comment, or some of its codes, that kept no finding quiet: what DNE900 reports, with the edit of its safe fix. */
export interface UnusedIgnore {
  readonly suppression: Suppression;
  /** Null: the whole comment is unused. */
  readonly codes: readonly NamedCode[] | null;
  readonly span: Span;
  readonly edit: Edit;
}

/**
 * The comments that did nothing. `matches` are all answers of `suppressedBy` for this file. `judged` tells of which codes
 * that can be said: those of rules that ran (null: of all of them, for a comment that names none). A bare `# noqa` speaks to
 * other tools too and is never called unused.
 */
export function unusedIgnores(
  suppressions: readonly Suppression[],
  matches: readonly SuppressionMatch[],
  judged: (code: string | null) => boolean,
  lines: LineIndex,
): readonly UnusedIgnore[] {
  const usedWhole = new Set(matches.map(({ suppression }) => suppression.span.start));
  const usedCodes = new Set(matches.map(({ code }) => code?.start));
  const unused: UnusedIgnore[] = [];
  for (const suppression of comments(suppressions)) {
    const { kind, codes } = suppression;
    if (codes === null || codes.length === 0) {
      const says = codes === null ? kind !== 'noqa' && judged(null) : true;
      if (says && !usedWhole.has(suppression.span.start)) unused.push(whole(suppression, lines));
      continue;
    }
    const idle = codes.filter(({ text, start }) => judged(text) && !usedCodes.has(start));
    if (idle.length === 0) continue;
    unused.push(idle.length === codes.length ? whole(suppression, lines) : some(suppression, codes, idle));
  }
  return unused;
}

/** A `disable` of several codes is several ranges, but one comment. */
function comments(suppressions: readonly Suppression[]): readonly Suppression[] {
  const byStart = new Map<number, Suppression>();
  for (const suppression of suppressions) {
    const known = byStart.get(suppression.span.start);
    const codes =
      known?.codes === undefined || known.codes === null
        ? suppression.codes
        : [...known.codes, ...(suppression.codes ?? [])];
    byStart.set(suppression.span.start, { ...suppression, codes });
  }
  return [...byStart.values()];
}

/** Codes that no rule has: what DNE903 reports. In a `noqa` only codes that start with ours are judged. */
export function unknownCodes(
  suppressions: readonly Suppression[],
  known: (codeOrName: string) => boolean,
): readonly NamedCode[] {
  return comments(suppressions).flatMap(({ kind, codes }) => {
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
