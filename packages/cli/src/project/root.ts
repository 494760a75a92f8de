import { existsSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { below, slashes } from '@danglint/core';

/** The program that is analysed. */
export interface ProjectRoot {
  /** Absolute, forward slashes. */
  readonly root: string;
  /** The folders that are loaded whole; none: only what the given paths name, since nothing tells where the program ends. */
  readonly programs: readonly string[];
}

const MARKERS = ['pyproject.toml', 'setup.py', 'setup.cfg', '.git'];

/**
 * The project around the given paths (absolute): the folder of the configuration file, else the nearest folder above the
 * first path that looks like the top of a project. Paths that do not share one project are looked at from the folder
 * above all of them, which is loaded where it belongs to a project itself, else their own projects are. Inside a package whose tree nothing marks (an unpacked wheel) its topmost package is the program.
 * The file system's root, the home folder and the folder of temporary files are never a program.
 */
export function projectRoot(paths: readonly string[], configFile: string | null): ProjectRoot {
  const [first = slashes(process.cwd())] = paths;
  const start = nearestFolder(first);
  const marked = configFile === null ? markedFolder(start) : slashes(dirname(configFile));
  if (marked !== null && !tooWide(marked) && paths.every((path) => below(marked, path))) {
    return { root: marked, programs: [marked] };
  }
  const common = paths.map(nearestFolder).reduce(commonFolder, start);
  if (marked !== null) {
    const isProject = markedFolder(common) !== null && !tooWide(common);
    return { root: common, programs: isProject ? [common] : projectsOf(paths, marked) };
  }
  const top = topPackage(common);
  return top === null || tooWide(top)
    ? { root: common, programs: [] }
    : { root: slashes(dirname(top)), programs: [top] };
}

/** The projects that paths stand in; `first`: that of the first of them. */
function projectsOf(paths: readonly string[], first: string): readonly string[] {
  const others = paths.filter((path) => !below(first, path)).map((path) => markedFolder(nearestFolder(path)));
  const known = [first, ...others].filter((folder) => folder !== null);
  return [...new Set(known)].filter((folder) => !tooWide(folder));
}

/** `path` itself when it is a folder, else the nearest folder above it that exists. */
export function nearestFolder(path: string): string {
  let at = path;
  while (!isFolder(at) && dirname(at) !== at) at = dirname(at);
  return slashes(at);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The nearest folder at or above `folder` that looks like the top of a project; null when none does. */
export function markedFolder(folder: string): string | null {
  for (let at = folder; ; at = slashes(dirname(at))) {
    if (isTop(at)) return at;
    if (slashes(dirname(at)) === at) return null;
  }
}

/** A package's own `manage.py` is a module of it; Django's stands above packages. */
function isTop(folder: string): boolean {
  const has = (name: string): boolean => existsSync(`${folder}/${name}`);
  return MARKERS.some(has) || (has('manage.py') && !has('__init__.py'));
}

/** The outermost package that holds a folder, or is it; null where the folder is no package. */
function topPackage(folder: string): string | null {
  let top: string | null = null;
  for (let at = folder; existsSync(`${at}/__init__.py`); at = slashes(dirname(at))) top = at;
  return top;
}

/** True for folders that are no program: the file system's root, the home folder, the folder of temporary files. */
export function tooWide(folder: string): boolean {
  return folder === slashes(dirname(folder)) || folder === slashes(homedir()) || folder === slashes(tmpdir());
}

function commonFolder(a: string, b: string): string {
  let at = a;
  while (!below(at, b) && dirname(at) !== at) at = slashes(dirname(at));
  return at;
}
