import { realpathSync } from 'node:fs';
import { LineIndex, offset, type Report, relativeTo, type Session, slashes, type Span } from '@danglint/core';
import { type Hunk, type LineChanges, lineChanges, moved, parseDiff, WHOLE } from './diff.ts';
import { type ChangedFile, Repository } from './git.ts';

/** What counts as changed. */
export interface ChangeRequest {
  /** Project root, absolute. */
  readonly root: string;
  readonly staged: boolean;
  /** A commit: everything since the fork from it. Null: since HEAD. */
  readonly since: string | null;
}

/** What changed; paths are relative to the project root. */
export interface Changes {
  readonly lines: ReadonlyMap<string, LineChanges>;
  /** The files that are to be as they were, for the program before the change. */
  readonly before: readonly FileVersion[];
  /** With `--staged`: files of the work tree that went on since, as the index has them. */
  readonly index: readonly FileVersion[] | null;
  /** New paths by old ones. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** A file at another time; no bytes: it was not there. */
export interface FileVersion {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/** Asks git what changed. Throws a `UserError` where it cannot tell. */
export function changesOf({ root, staged, since }: ChangeRequest): Changes {
  const flag = staged ? '--staged' : since === null ? '--changed' : '--since';
  const repository = Repository.open(root, flag);
  const base = since === null ? repository.head() : repository.forkPoint(since);
  const home = slashes(realpathSync(root));
  const named = (path: string): string => relativeTo(home, `${repository.top}/${path}`);
  const args = staged ? ['--cached', base] : [base];
  const files = repository.changedFiles(...args);
  const renamed = new Map(
    files.flatMap(({ path, was }) =>
      path === null || was === null || was.path === path ? [] : [[named(was.path), named(path)] as const],
    ),
  );
  const lines = new Map<string, LineChanges>();
  /** Findings stand in the work tree, which may have more changes than the index. */
  const later = staged ? parseDiff(repository.diff()) : new Map<string, readonly Hunk[]>();
  for (const [path, hunks] of parseDiff(repository.diff(...args)))
    lines.set(named(path), moved(lineChanges(hunks), later.get(path) ?? []));
  const untracked = staged ? [] : repository.untracked();
  for (const path of untracked) lines.set(named(path), WHOLE);
  const news = untracked.map((path) => ({ path: named(path), bytes: null }));
  return {
    lines,
    before: [...versions(files, repository, named), ...news],
    index: staged ? versions(repository.changedFiles(), repository, named) : null,
    renamed,
  };
}

/** Files as they were on the old side of a diff. */
function versions(
  files: readonly ChangedFile[],
  repository: Repository,
  named: (path: string) => string,
): readonly FileVersion[] {
  const blobs = repository.blobs(files.flatMap(({ was }) => was?.blob ?? []));
  return files.flatMap(({ path, was }) => {
    const bytes = was === null ? undefined : blobs.get(was.blob);
    return [
      ...(path === null || path === was?.path ? [] : [{ path: named(path), bytes: null }]),
      ...(was === null || bytes === undefined ? [] : [{ path: named(was.path), bytes }]),
    ];
  });
}

/** Decides which findings stand on lines that a change touched. */
export class ChangeFilter {
  readonly #session: Session;
  readonly #changes: Changes['lines'];
  readonly #lines = new Map<string, LineIndex | null>();

  constructor(session: Session, { lines }: Changes) {
    this.#session = session;
    this.#changes = lines;
  }

  /** True when a line of the finding's path changed: the lookup, or any step of the exception's way. */
  concerns({ path, span, labels }: Report): boolean {
    return [{ path, span }, ...labels].some((place) => this.#touched(place.path, place.span));
  }

  #touched(path: string, { start, end }: Span): boolean {
    const changes = this.#changes.get(path);
    if (changes === undefined) return false;
    if (changes.whole) return true;
    const lines = this.#linesOf(path);
    if (lines === null) return true;
    const first = lines.lineOf(start);
    const last = lines.lineOf(offset(Math.max(start, end - 1)));
    return changes.changed.some((stretch) => stretch.start <= last && first < stretch.start + stretch.count);
  }

  #linesOf(path: string): LineIndex | null {
    const known = this.#lines.get(path);
    if (known !== undefined) return known;
    const source = this.#session.source(path);
    const lines = source === null ? null : new LineIndex(source.text);
    this.#lines.set(path, lines);
    return lines;
  }
}
