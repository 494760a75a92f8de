import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { below, ioMessage, relativeTo, slashes } from '../text/index.ts';
import { GitIgnore } from './gitignore.ts';
import { matchesUpwards, type PathPattern, pathMatcher } from './globs.ts';

/** What is asked for. All paths are absolute and have forward slashes. */
export interface DiscoverRequest {
  /** Paths in the answer are relative to it. */
  readonly root: string;
  /** Files and folders to report on. They need not be below the root. */
  readonly paths: readonly string[];
  /** Folders at or below the root all of which belongs to the program, beside what `paths` name. */
  readonly programs: readonly string[];
  readonly exclude: readonly PathPattern[];
  readonly gitignore: boolean;
  /** Leave out a path that is excluded even when it was named. */
  readonly forceExclude: boolean;
}

/** A path that was asked for, or a folder on the way, and why it cannot be read. `path` is relative to the root. */
export interface DiscoverFault {
  readonly path: string;
  readonly message: string;
}

/** The program's files. Paths are relative to the root, with forward slashes, sorted, each once. */
export interface Discovered {
  /** The whole program. */
  readonly files: readonly string[];
  /** Those of `files` that the given paths name. */
  readonly targets: ReadonlySet<string>;
  readonly faults: readonly DiscoverFault[];
  /** How many Python files and folders below the given paths patterns or ignore files left out. */
  readonly leftOut: number;
  /** Those among everything walked: files and folders (absolute, sorted). */
  readonly leftOutPaths: readonly string[];
  /** Symbolic links to folders: they are not followed, so that a loop cannot catch the walk. */
  readonly links: readonly string[];
}

/** Finds the Python files of a program. Never throws: what cannot be read is a fault, and the walk goes on. */
export function discover(request: DiscoverRequest): Discovered {
  return new Walk(request).run();
}

/** True when a path (absolute) is excluded or ignored itself, or stands in a folder that is. It need not exist. */
export function leavesOut(
  { root, exclude, gitignore }: Pick<DiscoverRequest, 'root' | 'exclude' | 'gitignore'>,
  path: string,
  kind: 'file' | 'folder',
): boolean {
  if (matchesUpwards(pathMatcher(exclude), path, below(root, path) ? root : '')) return true;
  if (!gitignore) return false;
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 1));
  return GitIgnore.above(folder).enter(folder).ignores(path, kind);
}

class Walk {
  readonly #request: DiscoverRequest;
  readonly #excluded: (path: string) => boolean;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #faults = new Map<string, string>();
  readonly #leftOut = new Set<string>();
  readonly #links = new Set<string>();

  constructor(request: DiscoverRequest) {
    this.#request = request;
    this.#excluded = pathMatcher(request.exclude);
  }

  run(): Discovered {
    const { root, paths, programs } = this.#request;
    for (const program of programs) this.#start(program);
    const targets = new Set<string>();
    for (const path of paths) this.#take(path, targets);
    const name = (path: string): string => relativeTo(root, path);
    return {
      files: [...this.#files].map(name).sort(),
      targets: new Set([...targets].map(name)),
      faults: [...this.#faults]
        .filter(([path]) => targets.has(path) || paths.some((given) => below(given, path)))
        .map(([path, message]) => ({ path: name(path), message })),
      leftOut: [...this.#leftOut].filter((path) => paths.some((given) => this.#countsFor(given, path)))
        .length,
      leftOutPaths: [...this.#leftOut].sort(),
      links: [...this.#links].sort(),
    };
  }

  /** A folder that was named and entered is not left out, though the walk from the root left it out. */
  #countsFor(given: string, path: string): boolean {
    return path === given ? !this.#folders.has(path) : below(given, path);
  }

  /** A path of the command line: a file is taken as it is, a folder with all that is in it. */
  #take(path: string, targets: Set<string>): void {
    const stats = statOf(path);
    if (typeof stats === 'string') {
      this.#faults.set(path, stats);
      return;
    }
    if (
      this.#request.forceExclude &&
      leavesOut(this.#request, path, stats.isDirectory() ? 'folder' : 'file')
    ) {
      this.#leftOut.add(path);
      return;
    }
    if (stats.isDirectory()) {
      if (!this.#folders.has(path)) this.#start(path);
      for (const file of this.#files) if (below(path, file)) targets.add(file);
      return;
    }
    if (!stats.isFile() && !stats.isFIFO()) {
      this.#faults.set(path, 'not a regular file; name a Python file or a folder');
      return;
    }
    this.#files.add(path);
    targets.add(path);
  }

  /** Walks a folder that was named: it is entered even if it is excluded or ignored, then ignore files above it are not asked. */
  #start(folder: string): void {
    let rules = GitIgnore.none;
    if (this.#request.gitignore) {
      const above = GitIgnore.above(folder);
      if (!above.ignores(folder, 'folder')) rules = above;
    }
    this.#walk(folder, rules, true);
  }

  #walk(folder: string, above: GitIgnore, named: boolean): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#faults.set(folder, `folder cannot be read: ${ioMessage(error)}`);
      return;
    }
    if (!named && entries.some(({ name }) => name === 'pyvenv.cfg')) return;
    this.#folders.add(folder);
    const own = this.#request.gitignore && entries.some(({ name }) => name === '.gitignore');
    const rules = own ? above.enter(folder) : above;
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    for (const entry of entries) this.#entry(entry, prefix + entry.name, rules);
  }

  #entry(entry: Dirent, path: string, rules: GitIgnore): void {
    const kind = this.#kind(entry, path);
    if (kind === null) return;
    if (this.#excluded(path) || rules.ignores(path, kind)) {
      if (!entry.name.startsWith('.')) this.#leftOut.add(path);
    } else if (kind === 'folder') this.#walk(path, rules, false);
    else this.#files.add(path);
  }

  /** What an entry is to the walk; null for what is of no interest. */
  #kind(entry: Dirent, path: string): 'file' | 'folder' | null {
    if (entry.isDirectory()) return 'folder';
    const python = entry.name.endsWith('.py');
    if (entry.isFile()) return python ? 'file' : null;
    if (!entry.isSymbolicLink()) return null;
    const stats = statOf(path);
    if (typeof stats === 'string') return null;
    if (stats.isDirectory()) this.#links.add(path);
    return python && stats.isFile() && this.#leadsOut(path) ? 'file' : null;
  }

  /** A link to a file of the tree would report that file twice, and its fix would replace the link. */
  #leadsOut(path: string): boolean {
    try {
      return !below(slashes(realpathSync(this.#request.root)), slashes(realpathSync(path)));
    } catch {
      return false;
    }
  }
}

/** The state of a path, links followed, or the reason why there is none. */
function statOf(path: string): Stats | string {
  try {
    return statSync(path);
  } catch (error) {
    return ioMessage(error, isLink(path) ? 'link' : 'path');
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
