import type { FileFacts } from '../facts/index.ts';
import type { Fix, Report, Rule, Severity } from '../rule/index.ts';
import type { LineIndex, Span } from '../text/index.ts';
import { type CommentedFile, type FileSuppressions, suppressionsOf } from './suppress-apply.ts';
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

/** DNE900 and DNE903: comments that keep nothing quiet, and those that name a rule that does not exist. */
export class CommentJudge {
  readonly #request: CommentRequest;
  readonly #known: ReadonlySet<string>;
  readonly #ran: ReadonlySet<string>;
  readonly #allRan: boolean;

  constructor(request: CommentRequest) {
    this.#request = request;
    const metas = request.rules.map(({ meta }) => meta);
    const judging = metas.filter(({ code }) => !aboutComments(code));
    const on = judging.filter(({ id }) => request.severities.get(id) !== 'ignore');
    const words = (list: typeof metas): Set<string> =>
      new Set(list.flatMap(({ id, code }) => [id, code.toLowerCase()]));
    this.#known = words(metas);
    this.#ran = words(on);
    this.#allRan = on.length === judging.length;
  }

  /** `matches`: the findings that comments of this file kept quiet. A file that is broken may hide findings: it is not judged. */
  reports(path: string, file: JudgedFile, matches: readonly SuppressionMatch[]): readonly Report[] {
    const comments = suppressionsOf(file);
    if (comments === null) return [];
    const ran = (code: string | null): boolean =>
      code === null ? this.#allRan : this.#ran.has(code.toLowerCase());
    const unused =
      file.facts.syntaxErrors.length > 0 ? [] : unusedIgnores(comments.list, matches, ran, comments.lines);
    const unknown = unknownCodes(comments.list, (code) => this.#known.has(code.toLowerCase()));
    const found = [
      ...unused.map((one) =>
        this.#request.report('DNE900', path, one.span, unusedMessage(one, comments.lines), [removal(one)]),
      ),
      ...unknown.map((code) =>
        this.#request.report('DNE903', path, code, `no rule is called \`${code.text}\``, []),
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
