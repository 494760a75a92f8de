import { Session, type SessionOptions, type SourceFile } from '@danglint/core';
import { FileDigests } from '../cache/file-digests.ts';
import { LeftToClient } from '../output/caller.ts';
import { SHIPPED } from '../plugins/load.ts';
import type { Project } from './project.ts';

/** A program that was loaded for an earlier run. */
interface Kept {
  /** What the analysis stands on beside files: another one's program is no use. */
  readonly key: string;
  readonly session: Session;
  /** The files as they were read. */
  readonly files: ReadonlyMap<string, Read>;
  readonly digests: FileDigests;
}

/** A file as a session has it; `digest` is null where it could not be read. */
interface Read {
  readonly digest: string | null;
  readonly source: SourceFile | null;
}

type Options = Omit<SessionOptions, 'files'>;

/** Keeps one program between runs: the next run reads only what has changed since. */
export class SessionKeeper {
  readonly #root: string;
  #kept: Kept | null = null;

  /** `root`: of the project whose program is kept. */
  constructor(root: string) {
    this.#root = root;
  }

  /** A session for a run: as fresh as one that was just loaded. */
  async session(project: Project, paths: readonly string[], options: Options): Promise<Session> {
    const { root, settings, host, toolbox } = project;
    if (root !== this.#root || toolbox !== SHIPPED) throw new LeftToClient();
    const key = keyOf(options);
    const before = this.#kept?.key === key ? this.#kept : null;
    this.#kept = null;
    const digests = before?.digests.again(settings.cacheStrategy) ?? new FileDigests(root);
    const about = { ...options, files: digests.noting(host), readOnly: false };
    const session = before?.session.under(about) ?? (await Session.create(about));
    if (before === null) await session.load(paths);
    else refresh(session, before.files, { paths, project, digests });
    this.#kept = { key, session, files: readNow(session, { paths, project, digests }), digests };
    return session;
  }

  /** Lets go of the program: something went wrong while it was used. */
  forget(): void {
    this.#kept = null;
  }
}

/** The program as a run wants it. */
interface Now {
  readonly paths: readonly string[];
  readonly project: Project;
  readonly digests: FileDigests;
}

/** Reads again what is not as it was read. */
function refresh(
  session: Session,
  before: ReadonlyMap<string, Read>,
  { paths, project: { given }, digests }: Now,
): void {
  const gone = new Set(session.paths());
  for (const path of paths) {
    gone.delete(path);
    const known = before.get(path);
    const same =
      known !== undefined &&
      known.digest !== null &&
      !given.has(path) &&
      known.digest === digests.of(path) &&
      known.source === session.source(path);
    if (!same) session.reread(path);
  }
  for (const path of gone) session.update(path, null);
}

function readNow(session: Session, { paths, project: { given }, digests }: Now): ReadonlyMap<string, Read> {
  return new Map(
    paths.map((path) => {
      const source = session.source(path);
      const digest = given.has(path) || source === null ? null : digests.of(path);
      return [path, { digest, source }];
    }),
  );
}

function keyOf({ framework, without }: Options): string {
  return JSON.stringify([framework, [...(without ?? [])]]);
}
