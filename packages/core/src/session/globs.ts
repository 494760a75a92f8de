import picomatch from 'picomatch';

/**
 * A pattern of a configuration file or of the command line, as ruff reads it: without a slash it is matched against the
 * name of a file or folder anywhere; with one, against the path below `base`, and a `*` there crosses slashes too.
 */
export interface PathPattern {
  readonly pattern: string;
  /** Absolute folder that the pattern is relative to, with forward slashes. */
  readonly base: string;
}

const OPTIONS = { dot: true, bash: true, strictBrackets: true } as const;

/** Why a pattern cannot be used; null for a good one. */
export function globFault(pattern: string): string | null {
  if (pattern.trim() === '') return 'an empty pattern matches nothing';
  try {
    picomatch.makeRe(stripSlash(pattern), OPTIONS);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/ - use .*$/, '') : String(error);
  }
}

/** Tells whether a path (absolute, forward slashes) matches one of the patterns. Patterns must have passed `globFault`. */
export function pathMatcher(patterns: readonly PathPattern[]): (path: string) => boolean {
  const names = new Set<string>();
  const nameTests: ((name: string) => boolean)[] = [];
  const pathTests: ((path: string) => boolean)[] = [];
  for (const { pattern, base } of patterns) {
    const glob = stripSlash(pattern);
    if (glob.includes('/')) pathTests.push(pathTest(glob, base));
    else if (/[*?[\]{}()!\\]/.test(glob)) nameTests.push(picomatch(glob, OPTIONS));
    else names.add(glob);
  }
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return names.has(name) || nameTests.some((test) => test(name)) || pathTests.some((test) => test(path));
  };
}

/** True when a path or one of the folders above it, up to and without `top`, matches. */
export function matchesUpwards(matches: (path: string) => boolean, path: string, top: string): boolean {
  for (let at = path; at.length > top.length; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
    if (matches(at)) return true;
  }
  return false;
}

function pathTest(glob: string, base: string): (path: string) => boolean {
  const absolute = /^(\/|[A-Za-z]:\/)/.test(glob);
  const test = picomatch(absolute ? glob : glob.replace(/^\.\//, ''), OPTIONS);
  if (absolute) return test;
  const prefix = base.endsWith('/') ? base : `${base}/`;
  return (path) => path.startsWith(prefix) && test(path.slice(prefix.length));
}

/** `build/` means the folder; the walk asks for folders without the slash. */
function stripSlash(pattern: string): string {
  return pattern.length > 1 && pattern.endsWith('/') ? pattern.slice(0, -1) : pattern;
}
