import type { Module } from './entities.ts';
import { push } from './per-module.ts';

/** Splits `a/b/c.py` or `a/b/c/__init__.py` into the parts of its dotted name. */
export function moduleParts(path: string): readonly string[] {
  const parts = path.replace(/\.pyi?$/, '').split('/');
  return parts.at(-1) === '__init__' ? parts.slice(0, -1) : parts;
}

/** The modules that a dotted name may stand for. */
interface NamedModules {
  /** One for each source root that has it, in the order of the roots. */
  readonly rooted: readonly { readonly root: string; readonly module: Module }[];
  /** The one whose path ends so, when no root has it. */
  readonly ending: Module | null;
}

/**
 * Finds modules by dotted name. Source roots are read off the tree: the top, folders with `manage.py` or `setup.py`,
 * folders named `src`, and the parents of top-level packages.
 */
export class ModuleIndex {
  readonly #byPath = new Map<string, Module>();
  /** Modules by the last two parts of their path, for source roots that nothing in the tree gives away. */
  readonly #byTail = new Map<string, Module[]>();
  readonly #parts = new Map<Module, readonly string[]>();
  readonly #roots: readonly string[];
  /** What was asked for since a module came last. */
  readonly #byName = new Map<string, NamedModules>();

  /** `named`: source roots from the configuration, relative to the top. */
  constructor(paths: readonly string[], named: readonly string[] = []) {
    this.#roots = sourceRoots(paths, named);
  }

  add(module: Module): void {
    const parts = this.#partsOf(module);
    this.#byName.clear();
    this.#byPath.set(parts.join('/'), module);
    if (parts.length >= 3) push(this.#byTail, parts.slice(-2).join('/'), module);
  }

  /** The dotted name of a path, from the deepest source root that holds it. */
  nameOf(path: string): string {
    const full = moduleParts(path).join('/');
    const root = this.#roots.find((candidate) => candidate === '' || full.startsWith(`${candidate}/`)) ?? '';
    return (root === '' ? full : full.slice(root.length + 1)).replaceAll('/', '.');
  }

  /** An absolute import seen from a file; null when no file of the program has that name. */
  absolute(name: string, from: Module): Module | null {
    const { rooted, ending } = this.#named(name);
    const own = rooted.find(({ root }) => root === '' || from.path.startsWith(`${root}/`));
    return own?.module ?? rooted[0]?.module ?? ending;
  }

  /** A module by dotted name, from whichever source root has it first. */
  anywhere(name: string): Module | null {
    return this.#named(name).rooted[0]?.module ?? null;
  }

  #named(name: string): NamedModules {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const tail = name.replaceAll('.', '/');
    const rooted = this.#roots.flatMap((root) => {
      const module = this.#byPath.get(root === '' ? tail : `${root}/${tail}`);
      return module === undefined ? [] : [{ root, module }];
    });
    const found = { rooted, ending: rooted.length > 0 ? null : this.#byEnding(tail) };
    this.#byName.set(name, found);
    return found;
  }

  /** The one module whose path ends so; null when there is none, or more than one. */
  #byEnding(tail: string): Module | null {
    const parts = tail.split('/');
    if (parts.length < 2) return null;
    const found = (this.#byTail.get(parts.slice(-2).join('/')) ?? []).filter((module) =>
      moduleParts(module.path).join('/').endsWith(`/${tail}`),
    );
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  /** `from ..name import` seen from a file; `level` counts the dots. */
  relative(level: number, name: string, from: Module): Module | null {
    const parts = this.#partsOf(from);
    const up = from.isPackage ? level - 1 : level;
    if (up > parts.length) return null;
    const base = parts.slice(0, parts.length - up);
    return this.#byPath.get([...base, ...(name === '' ? [] : name.split('.'))].join('/')) ?? null;
  }

  /** Dotted name that a relative import stands for, for modules that are not in the program. */
  relativeName(level: number, name: string, from: Module): string {
    const parts = from.name.split('.');
    const base = parts.slice(0, parts.length - (from.isPackage ? level - 1 : level));
    return [...base, ...(name === '' ? [] : [name])].join('.');
  }

  #partsOf(module: Module): readonly string[] {
    const known = this.#parts.get(module);
    if (known !== undefined) return known;
    const parts = moduleParts(module.path);
    this.#parts.set(module, parts);
    return parts;
  }

  /** A module inside a package. */
  child(parent: Module, name: string): Module | null {
    return this.#byPath.get([...this.#partsOf(parent), name].join('/')) ?? null;
  }
}

/** Deepest first, so that a file's own root wins; the top of the tree is always one, and a named one may be a package too. */
function sourceRoots(paths: readonly string[], named: readonly string[]): string[] {
  const packages = new Set<string>();
  const roots = new Set<string>(['']);
  for (const path of paths) {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    const file = path.slice(slash + 1);
    if (file === '__init__.py') packages.add(folder);
    if (file === 'manage.py' || file === 'setup.py') roots.add(folder);
    const src = /^(.*\/)?src(?=\/)/.exec(path);
    if (src !== null) roots.add(src[0]);
  }
  for (const folder of packages) {
    const parent = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    if (!packages.has(parent)) roots.add(parent);
  }
  return [...new Set([...roots].filter((root) => root === '' || !packages.has(root)).concat(named))].sort(
    (a, b) => b.length - a.length || (a < b ? -1 : 1),
  );
}

/** Dotted names by path. Where source roots give one name to several files, those are named from the top of the tree. */
export function moduleNames(
  index: ModuleIndex,
  files: readonly { readonly path: string }[],
): Map<string, string> {
  const names = new Map(files.map(({ path }) => [path, index.nameOf(path)]));
  const counts = new Map<string, number>();
  for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [path, name] of names)
    if ((counts.get(name) ?? 0) > 1) names.set(path, moduleParts(path).join('.'));
  return names;
}
