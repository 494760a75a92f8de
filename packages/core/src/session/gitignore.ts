import { existsSync, readFileSync } from 'node:fs';
import createIgnore, { type Ignore } from 'ignore';

/** The rules of one ignore file; paths are asked relative to `base`. */
interface Layer {
  /** Absolute folder with a trailing slash. */
  readonly base: string;
  readonly rules: Ignore;
}

/** git compares names as the file system does. */
const ignorecase = process.platform === 'win32' || process.platform === 'darwin';

/**
 * The `.gitignore` files that apply in one folder: those of the folder itself and of the folders above it up to the
 * repository's top, and `.git/info/exclude`. Immutable: `enter` gives the rules of a folder below.
 */
export class GitIgnore {
  /** Innermost first: git lets the deepest file decide. */
  readonly #layers: readonly Layer[];

  private constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  static readonly none: GitIgnore = new GitIgnore([]);

  /** The rules that reach into `folder` from above. Outside a repository there are none. */
  static above(folder: string): GitIgnore {
    const parents = foldersUpTo(folder, (at) => existsSync(`${at}/.git`));
    const top = parents.at(-1);
    if (top === undefined) return GitIgnore.none;
    let rules = new GitIgnore(layer(top, `${top}/.git/info/exclude`));
    for (const at of parents.reverse()) if (at !== folder) rules = rules.enter(at);
    return rules;
  }

  /** The rules inside `folder`, which may have a `.gitignore` of its own. */
  enter(folder: string): GitIgnore {
    const own = layer(folder, `${folder}/.gitignore`);
    return own.length === 0 ? this : new GitIgnore([...own, ...this.#layers]);
  }

  /** True when git would leave out this path (absolute, forward slashes). */
  ignores(path: string, kind: 'file' | 'folder'): boolean {
    for (const { base, rules } of this.#layers) {
      if (!path.startsWith(base)) continue;
      const relative = path.slice(base.length);
      const { ignored, unignored } = rules.test(kind === 'folder' ? `${relative}/` : relative);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}

/** An ignore file that is missing or cannot be read has no rules, as for git. */
function layer(folder: string, file: string): Layer[] {
  try {
    const rules = createIgnore({ ignorecase, allowRelativePaths: true }).add(readFileSync(file, 'utf8'));
    return [{ base: folder.endsWith('/') ? folder : `${folder}/`, rules }];
  } catch {
    return [];
  }
}

/** `folder` and the folders above it up to the first one that `isTop`; none when there is no such folder. */
function foldersUpTo(folder: string, isTop: (at: string) => boolean): string[] {
  const seen: string[] = [];
  for (let at = folder; ; ) {
    seen.push(at);
    if (isTop(at)) return seen;
    const up = at.slice(0, at.lastIndexOf('/'));
    if (up === '' || up === at) return [];
    at = up;
  }
}
