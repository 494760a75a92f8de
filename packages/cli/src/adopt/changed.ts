import { realpathSync } from 'node:fs';
import {
  type FileFacts,
  LineIndex,
  offset,
  type Report,
  relativeTo,
  type Session,
  slashes,
  type Span,
  walkStmts,
} from '@danglint/core';
import { type LineChanges, lineChanges, moved, parseDiff, WHOLE } from './diff.ts';
import { Repository } from './git.ts';

/** What counts as changed. */
export interface ChangeRequest {
  /** Project root, absolute. */
  readonly root: string;
  readonly staged: boolean;
  /** A commit: everything since the fork from it. Null: since HEAD. */
  readonly since: string | null;
}

/** Changed lines by path, relative to the project root. */
export type Changes = ReadonlyMap<string, LineChanges>;

/** Asks git what changed. Throws a `UserError` where it cannot tell. */
export function changesOf({ root, staged, since }: ChangeRequest): Changes {
  const flag = staged ? '--staged' : since === null ? '--changed' : '--since';
  const repository = Repository.open(root, flag);
  const base = since === null ? repository.head() : repository.forkPoint(since);
  const home = slashes(realpathSync(root));
  const named = (path: string): string => relativeTo(home, `${repository.top}/${path}`);
  const changes = new Map<string, LineChanges>();
  if (staged) {
    /** Findings stand in the work tree, which may have more changes than the index. */
    const later = parseDiff(repository.diff());
    for (const [path, hunks] of parseDiff(repository.diff('--cached', base)))
      changes.set(named(path), moved(lineChanges(hunks), later.get(path) ?? []));
    return changes;
  }
  for (const [path, hunks] of parseDiff(repository.diff(base))) changes.set(named(path), lineChanges(hunks));
  for (const path of repository.untracked()) changes.set(named(path), WHOLE);
  return changes;
}

/** Decides which findings a change has to do with. */
export class ChangeFilter {
  readonly #session: Session;
  readonly #changes: Changes;
  readonly #files = new Map<string, FileLines | null>();

  constructor(session: Session, changes: Changes) {
    this.#session = session;
    this.#changes = changes;
  }

  /**
   * True when a line of the finding's path changed (the lookup, or any step of the exception's way), or when lines were taken
   * out of a function on that path: a handler may have been among them.
   */
  concerns({ path, span, labels }: Report): boolean {
    return [{ path, span }, ...labels].some((place) => this.#touched(place.path, place.span));
  }

  #touched(path: string, span: Span): boolean {
    const changes = this.#changes.get(path);
    if (changes === undefined) return false;
    if (changes.whole) return true;
    const file = this.#file(path);
    if (file === null) return true;
    const [first, last] = file.rows(span);
    if (changes.changed.some(({ start, count }) => start <= last && first < start + count)) return true;
    const [from, to] = file.functionAround(span) ?? [first, last];
    return changes.removedAfter.some((row) => row >= from - 1 && row <= to);
  }

  #file(path: string): FileLines | null {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const source = this.#session.source(path);
    const facts = this.#session.facts(path);
    const file = source === null || facts === null ? null : new FileLines(new LineIndex(source.text), facts);
    this.#files.set(path, file);
    return file;
  }
}

type Rows = readonly [first: number, last: number];

/** The functions of one file as lines. */
class FileLines {
  readonly #lines: LineIndex;
  readonly #functions: readonly Span[];

  constructor(lines: LineIndex, { body }: FileFacts) {
    this.#lines = lines;
    const functions: Span[] = [];
    walkStmts(body, (stmt) => {
      if (stmt.kind !== 'FunctionDef') return;
      const start = Math.min(stmt.start, ...stmt.decorators.map((decorator) => decorator.start));
      functions.push({ start: offset(start), end: stmt.end });
    });
    this.#functions = functions;
  }

  rows({ start, end }: Span): Rows {
    return [this.#lines.lineOf(start), this.#lines.lineOf(offset(Math.max(start, end - 1)))];
  }

  /** The innermost function that holds a place, decorators included. */
  functionAround(span: Span): Rows | null {
    const around = this.#functions.filter(({ start, end }) => start <= span.start && span.start < end);
    const inner = around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
    return inner === undefined ? null : this.rows(inner);
  }
}
