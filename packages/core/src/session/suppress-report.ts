import type { FileFacts } from '../facts/index.ts';
import type { Fix, Report, Rule, Severity } from '../rule/index.ts';
import type { LineIndex, Span } from '../text/index.ts';
import { type CommentedFile, type FileSuppressions, suppressionsOf } from './suppress-apply.ts';
import type { UnknownDirective } from './directive.ts';
import { means, type RuleName } from './selector.ts';
import { suppressedBy, type SuppressionMatch } from './suppress.ts';
import { unknownCodes, type UnusedIgnore, unusedIgnores } from './suppress-unused.ts';

/** What is needed to judge the comments of a program. */
export interface CommentRequest {
  readonly rules: readonly Rule[];
  readonly severities: ReadonlyMap<string, Severity | 'ignore'>;
  /** A report about a comment; null when its rule is not there or switched off. */
  readonly report: (
    code: string,
    path: string,
    at: Span,
    message: string,
    fixes: readonly Fix[],
  ) => Report | null;
}

interface JudgedFile extends CommentedFile {
  readonly facts: Pick<FileFacts, 'comments' | 'syntaxErrors'>;
}

/** DNE900 and DNE903: comments that keep nothing quiet, and those that name a rule or a directive that does not exist. */
export class CommentJudge {
  readonly #request: CommentRequest;
  readonly #rules: readonly { readonly name: RuleName; readonly ran: boolean }[];

  constructor(request: CommentRequest) {
    this.#request = request;
    this.#rules = request.rules.map(({ meta: { id, code } }) => ({
      name: { ruleId: id, code },
      ran: request.severities.get(id) !== 'ignore',
    }));
  }

  /** Whether all the rules ran that a word means (null: every rule that a comment can keep quiet without its name). */
  #ran(word: string | null): boolean {
    const meant = this.#rules.filter(({ name }) =>
      aboutComments(name.code) ? false : word === null || means(word, name),
    );
    return meant.length > 0 && meant.every(({ ran }) => ran);
  }

  /** `matches`: the findings that comments of this file kept quiet. A file that is broken may hide findings: it is not judged. */
  reports(path: string, file: JudgedFile, matches: readonly SuppressionMatch[]): readonly Report[] {
    const comments = suppressionsOf(file);
    if (comments === null) return [];
    const ran = (word: string | null): boolean => this.#ran(word);
    const unused =
      file.facts.syntaxErrors.length > 0 ? [] : unusedIgnores(comments.list, matches, ran, comments.lines);
    const unknown = unknownCodes(comments.list, (word) => this.#rules.some(({ name }) => means(word, name)));
    const found = [
      ...unused.map((one) =>
        this.#request.report('DNE900', path, one.span, unusedMessage(one, comments.lines), [removal(one)]),
      ),
      ...unknown.map((code) =>
        this.#request.report('DNE903', path, code, `no rule is called \`${code.text}\``, []),
      ),
      ...comments.unknown.map((one) =>
        this.#request.report('DNE903', path, one.span, unknownMessage(one, comments.lines), []),
      ),
    ];
    return found.filter((report) => report !== null).filter((report) => !quiet(report, comments));
  }
}

/** Nobody can say whether a comment about these rules did anything. */
function aboutComments(code: string): boolean {
  return code === 'DNE900' || code === 'DNE903';
}

/** Only a comment that names the rule keeps a report about comments quiet: a bare one would hide its own. */
function quiet(report: Report, { list, lines }: FileSuppressions): boolean {
  return (
    suppressedBy(
      list.filter(({ codes }) => codes !== null),
      report,
      lines,
    ) !== null
  );
}

function unusedMessage({ suppression, codes }: UnusedIgnore, lines: LineIndex): string {
  if (codes === null) {
    const { start, end } = suppression.span;
    const [text = ''] = lines.text
      .slice(start, end)
      .split(suppression.reason === '' ? /$/ : suppression.reason);
    return `unused \`${text.trim()}\`: there is no such finding`;
  }
  return `unused ${codes.map(({ text }) => `\`${text}\``).join(', ')} in a comment: there is no such finding`;
}

/** Columns of a comment that a message shows. */
const SHOWN = 60;

function unknownMessage({ span: { start, end }, right }: UnknownDirective, { text }: LineIndex): string {
  const comment = text.slice(start, end).replaceAll('`', "'");
  const shown = comment.length > SHOWN ? `${comment.slice(0, SHOWN).trimEnd()}…` : comment;
  return `\`${shown}\` is no comment that danglint knows and keeps nothing quiet; write ${right}`;
}

function removal({ suppression, codes, edit }: UnusedIgnore): Fix {
  return {
    title:
      codes === null
        ? 'Remove the comment'
        : `Remove ${codes.map(({ text }) => text).join(', ')} from the comment`,
    pattern: 'comment',
    recipe: 'remove-ignore',
    applicability: 'safe',
    why: null,
    edits: [edit],
    imports: [],
    group: `comment at ${suppression.span.start}`,
    others: [],
  };
}
