import { relative, sep } from 'node:path';

/** True when `path` is `folder` or inside it. */
export function below(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` as seen from `root`, with `../` where it lies outside. Both absolute, with forward slashes. */
export function relativeTo(root: string, path: string): string {
  return path === root ? '.' : slashes(relative(root, path));
}

/** A path of this machine with forward slashes, the one form used inside. */
export function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** `path`, relative to the root or absolute, as an absolute path. */
export function absolutePath(root: string, path: string): string {
  if (/^(\/|[A-Za-z]:\/)/.test(path)) return path;
  const parts = root === '/' ? [''] : root.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/') || '/';
}
