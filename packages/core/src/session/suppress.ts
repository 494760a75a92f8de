import type { Report } from '../rule/index.ts';
import type { Comment } from '../syntax/index.ts';
import { type LineIndex, offset, type Span, span } from '../text/index.ts';
import { type LineRange, logicalLine } from './logical-line.ts';

/** A code or rule name as a comment spells it. */
export interface NamedCode extends Span {
  readonly text: string;
}

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
  for (const directive of comments.flatMap(directives)) {
    const row = lines.lineOf(directive.span.start);
    if (directive.verb === 'disable') {
      if (directive.ownLine) open.push(...ranges(directive, row));
    } else if (directive.verb === 'enable') close(open, directive, row, found);
    else found.push(...standing(directive, row, lines));
  }
  return [...found, ...open].sort((a, b) => a.span.start - b.span.start);
}

/** The comment that keeps a finding quiet: it covers the first or the last line of the finding. Null when there is none. */
export function suppressedBy(
  suppressions: readonly Suppression[],
  report: Pick<Report, 'code' | 'ruleId' | 'span'>,
  lines: LineIndex,
): SuppressionMatch | null {
  if (suppressions.length === 0) return null;
  const first = lines.lineOf(report.span.start);
  const last = lines.lineOf(report.span.end);
  for (const suppression of suppressions) {
    const within = (row: number): boolean => suppression.first <= row && row <= suppression.last;
    if (!within(first) && !within(last)) continue;
    if (suppression.codes === null) return { suppression, code: null };
    const code = suppression.codes.find(({ text }) => names(text, report));
    if (code !== undefined) return { suppression, code };
  }
  return null;
}

function names(text: string, { code, ruleId }: Pick<Report, 'code' | 'ruleId'>): boolean {
  const wanted = text.toLowerCase();
  return wanted === code.toLowerCase() || wanted === ruleId.toLowerCase();
}

type Verb = 'ignore' | 'file-ignore' | 'disable' | 'enable' | 'noqa' | 'file-noqa';

interface Directive {
  readonly verb: Verb;
  readonly codes: readonly NamedCode[] | null;
  readonly reason: string;
  readonly span: Span;
  readonly ownLine: boolean;
}

const BRACKETS = /^#\s*danglint\s*:\s*(ignore|file-ignore|disable|enable)\b\s*(?:\[([^\]]*)\])?(.*)$/i;
/** A code, or a rule's name: one of several words with hyphens, since a plain word may be prose. */
const NAME = '(?:[A-Za-z]+[0-9]+|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)';
const NOQA = new RegExp(
  String.raw`^#\s*(danglint\s*:\s*)?noqa\b\s*(:?)\s*(${NAME}(?:[\s,]+${NAME})*(?![\w-]))?(.*)$`,
  'i',
);

function directives(comment: Comment): Directive[] {
  const found: Directive[] = [];
  for (const part of comment.text.matchAll(/#[^#]*/g)) {
    const text = part[0].trimEnd();
    const at = comment.start + part.index;
    const ownLine = comment.ownLine && part.index === 0;
    const directive = bracketed(text, at, ownLine) ?? noqa(text, at, ownLine);
    if (directive !== null) found.push(directive);
  }
  return found;
}

const VERBS: Readonly<Record<string, Verb>> = {
  ignore: 'ignore',
  'file-ignore': 'file-ignore',
  disable: 'disable',
  enable: 'enable',
};

function bracketed(text: string, at: number, ownLine: boolean): Directive | null {
  const [, word = '', list, reason = ''] = BRACKETS.exec(text) ?? [];
  const verb = VERBS[word.toLowerCase()];
  if (verb === undefined) return null;
  const codes = list === undefined ? null : namedCodes(list, at + text.indexOf('[') + 1);
  return { verb, codes, reason: reason.trim(), span: span(at, at + text.length), ownLine };
}

/** `noqa: some words` names no code and is no blanket either: it suppresses nothing, as in ruff. */
function noqa(text: string, at: number, ownLine: boolean): Directive | null {
  const found = NOQA.exec(text);
  if (found === null) return null;
  const [, ours, colon, list, reason = ''] = found;
  if (colon === ':' && list === undefined) return null;
  const codes = colon === ':' && list !== undefined ? namedCodes(list, at + text.indexOf(list)) : null;
  const verb = ours !== undefined && ownLine ? 'file-noqa' : 'noqa';
  return { verb, codes, reason: reason.trim(), span: span(at, at + text.length), ownLine };
}

function namedCodes(list: string, at: number): NamedCode[] {
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    start: offset(at + index),
    end: offset(at + index + text.length),
  }));
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

/** `enable[A]` ends `disable[A]`; a bare `enable` ends all. */
function close(open: Suppression[], directive: Directive, row: number, found: Suppression[]): void {
  for (let i = open.length - 1; i >= 0; i--) {
    const range = open[i];
    if (range === undefined) continue;
    const ends =
      directive.codes === null ||
      directive.codes.some(({ text }) => range.codes?.[0]?.text.toLowerCase() === text.toLowerCase());
    if (!ends) continue;
    open.splice(i, 1);
    found.push({ ...range, last: row });
  }
}
