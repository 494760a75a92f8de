import { offset } from '../../text/index.ts';
import type { Comment, Stmt } from '../stmt.ts';
import { gaveUp } from './give-up.ts';
import { type Resumption, resumption } from './resume.ts';
import { StatementParser } from './statement.ts';
import * as t from './token.ts';

/** What cannot be read as plainly valid Python: from the line of a statement on, or the body of a function behind its colon. */
export interface Broken extends Resumption {
  readonly from: number;
  readonly kind: 'body' | 'statement' | 'indented';
  /** True for what stands in a block. */
  readonly inner: boolean;
}

/** What was found in it. */
export interface Mended {
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly generator: boolean;
  /** Where reading goes on: one of the two places. */
  readonly end: number;
}

/** Texts that are broken in more places are no programs that somebody works on. */
const MAX_BROKEN = 8;

/**
 * Parses a module around what is broken in it, and leaves that to `mend`: a statement, or all that stands around it up to the body of
 * a function when that is refused. What stands before and behind is read as if the rest was valid. Null when too much is broken.
 */
export function parseAround(
  text: string,
  mend: (broken: Broken) => Mended | null,
): { body: readonly Stmt[]; comments: readonly Comment[] } | null {
  if (text.includes('\0')) return null;
  const parser = new RecoveringParser(text, mend);
  try {
    return { body: parser.module(), comments: parser.comments };
  } catch (thrown) {
    if (gaveUp(thrown)) return null;
    throw thrown;
  }
}

/** Where a parser goes back to. */
interface Mark {
  readonly indents: readonly number[];
  readonly altIndents: readonly number[];
  readonly comments: number;
  readonly sawYield: boolean;
}

class RecoveringParser extends StatementParser {
  readonly #mend: (broken: Broken) => Mended | null;
  #broken = 0;

  constructor(text: string, mend: (broken: Broken) => Mended | null) {
    super(text);
    this.#mend = mend;
  }

  override body(): readonly Stmt[] {
    if (this.kind !== t.COLON) return super.body();
    const [mark, from] = [this.#mark(), this.end];
    try {
      return super.body();
    } catch (thrown) {
      return this.#recover(thrown, mark, { from, kind: 'body' });
    }
  }

  protected override statement(out: Stmt[]): void {
    const kind = this.kind === t.INDENT ? 'indented' : 'statement';
    const [mark, from, count] = [this.#mark(), this.text.lastIndexOf('\n', this.start - 1) + 1, out.length];
    try {
      super.statement(out);
    } catch (thrown) {
      out.length = count;
      out.push(...this.#recover(thrown, mark, { from, kind }));
    }
  }

  #mark(): Mark {
    const open = this.kind === t.INDENT ? -1 : undefined; // an indentation that nothing asked for belongs to what is broken
    return {
      indents: this.indents.slice(0, open),
      altIndents: this.altIndents.slice(0, open),
      comments: this.comments.length,
      sawYield: this.sawYield,
    };
  }

  /** Goes on behind what was given up; gives what was found in it. */
  #recover(thrown: unknown, mark: Mark, at: Pick<Broken, 'from' | 'kind'>): Stmt[] {
    if (!gaveUp(thrown) || ++this.#broken > MAX_BROKEN) throw thrown;
    const places = resumption(this.text, at.from, mark.indents);
    const mended = this.#mend({ ...at, ...places, inner: mark.indents.length > 1 });
    if (mended === null) throw thrown;
    this.#goOn(mended.end, mark);
    this.comments.push(...mended.comments);
    this.advance();
    this.lastEnd = offset(at.from);
    this.sawYield = mark.sawYield || mended.generator;
    return [...mended.body];
  }

  #goOn(end: number, { indents, altIndents, comments }: Mark): void {
    this.leaveAll();
    this.indents.splice(0, Number.POSITIVE_INFINITY, ...indents);
    this.altIndents.splice(0, Number.POSITIVE_INFINITY, ...altIndents);
    this.comments.length = comments;
    this.depth = 0;
    this.fieldDepth = -1;
    this.dedents = 0;
    this.end = offset(end);
    this.kind = t.NEWLINE;
  }
}
