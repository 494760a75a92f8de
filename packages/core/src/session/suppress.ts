import type { Report } from '../rule/index.ts';
import type { Comment } from '../syntax/index.ts';
import type { LineIndex, Span } from '../text/index.ts';
import { type Directive, directives, type NamedCode } from './directive.ts';
import { type LineRange, logicalLine } from './logical-line.ts';
import { means, type RuleName } from './selector.ts';

/** One comment that keeps findings quiet. */
export interface Suppression extends LineRange {
  readonly kind: 'ignore' | 'file-ignore' | 'disable' | 'noqa' | 'file-noqa';
  /** Null: every rule. */
  readonly codes: readonly NamedCode[] | null;
  /** What is written after the codes. */
  readonly reason: string;
  /** From its `#` to the end of the directive. */
  readonly span: Span;
  readonly ownLine: boolean;
}

/** Which comment keeps a finding quiet, and by which of its codes (null: it names none). */
export interface SuppressionMatch {
  readonly suppression: Suppression;
  readonly code: NamedCode | null;
}

/**
 * Reads the suppression comments of one file: `# danglint: ignore[CODE] reason` at the end of a line or above a logical
 * line, `file-ignore`, `disable` ... `enable`, `# noqa: CODE` or a name, bare `# noqa`, and `# danglint: noqa` for a whole file.
 * Several directives may share a comment when each has its own `#`.
 */
export function parseSuppressions(comments: readonly Comment[], lines: LineIndex): readonly Suppression[] {
  const found: Suppression[] = [];
  const open: Suppression[] = [];
  for (const directive of comments.flatMap((comment) => directives(comment))) {
    if (directive.verb === 'unknown') continue;
    const row = lines.lineOf(directive.span.start);
    if (directive.verb === 'disable') {
      if (directive.ownLine) open.push(...ranges(directive, row));
    } else if (directive.verb === 'enable') close(open, directive, row, found);
    else found.push(...standing(directive, row, lines));
  }
  return [...found, ...open].sort((a, b) => a.span.start - b.span.start);
}

/**
 * The comment that keeps a finding quiet: it covers the first or the last line of the finding, and names its rule or one that
 * says the same of this place. Null when there is none.
 */
export function suppressedBy(
  suppressions: readonly Suppression[],
  report: Pick<Report, 'code' | 'ruleId' | 'span' | 'also'>,
  lines: LineIndex,
): SuppressionMatch | null {
  if (suppressions.length === 0) return null;
  const rows = [lines.lineOf(report.span.start), lines.lineOf(report.span.end)];
  const here = suppressions.filter(({ first, last }) => rows.some((row) => first <= row && row <= last));
  if (here.length === 0) return null;
  return naming(here, [report]) ?? naming(here, report.also?.() ?? []);
}

/** The first comment that names one of some rules, or names none; a comment without names keeps any finding quiet. */
function naming(here: readonly Suppression[], rules: readonly RuleName[]): SuppressionMatch | null {
  for (const suppression of here) {
    if (suppression.codes === null) return { suppression, code: null };
    const code = suppression.codes.find(({ text }) => rules.some((rule) => means(text, rule)));
    if (code !== undefined) return { suppression, code };
  }
  return null;
}

/** The directives that do not depend on another comment. */
function standing(directive: Directive, row: number, lines: LineIndex): Suppression[] {
  const { verb, ...rest } = directive;
  if (verb === 'ignore') {
    const range = directive.ownLine ? logicalLine(lines, row + 1) : { first: row, last: row };
    return range === null ? [] : [{ kind: verb, ...rest, ...range }];
  }
  if (verb === 'noqa') return [{ kind: verb, ...rest, first: row, last: row }];
  if ((verb === 'file-ignore' && directive.ownLine) || verb === 'file-noqa') {
    return [{ kind: verb, ...rest, first: 1, last: Number.POSITIVE_INFINITY }];
  }
  return [];
}

/** One range a code, so that each can be enabled again on its own. */
function ranges({ codes, reason, span, ownLine }: Directive, row: number): Suppression[] {
  const each = codes === null ? [null] : codes.map((code) => [code]);
  return each.map((codes) => ({
    kind: 'disable',
    codes,
    reason,
    span,
    ownLine,
    first: row,
    last: Number.POSITIVE_INFINITY,
  }));
}

/** `enable[A]` ends `disable[A]`, and what A is a prefix of; a bare `enable` ends all. */
function close(open: Suppression[], directive: Directive, row: number, found: Suppression[]): void {
  for (let i = open.length - 1; i >= 0; i--) {
    const range = open[i];
    if (range === undefined) continue;
    const ends =
      directive.codes === null ||
      directive.codes.some(({ text }) => means(text, { code: range.codes?.[0]?.text ?? '', ruleId: '' }));
    if (!ends) continue;
    open.splice(i, 1);
    found.push({ ...range, last: row });
  }
}
