import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { below, slashes } from '@danglint/core';

/** What CI systems call the folder that they checked the repository out into. */
const CHECKOUTS = ['CI_PROJECT_DIR', 'GITHUB_WORKSPACE'];

/**
 * The folder that reports for a repository's host name files from: the checkout that CI tells of, where it holds the program and a
 * repository, else the nearest folder above the program that is one. Without any, the outermost of program and working folder.
 */
export function repositoryTop(
  root: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const told = CHECKOUTS.map((name) => slashes(env[name] ?? '').replace(/\/+$/, '')).filter(
    (folder) => folder !== '' && below(folder, root),
  );
  const outermost = below(root, cwd) ? root : cwd;
  return told.find(isRepository) ?? repositoryAbove(root) ?? told[0] ?? outermost;
}

const isRepository = (folder: string): boolean => existsSync(`${folder}/.git`);

function repositoryAbove(folder: string): string | null {
  for (let at = folder; ; at = slashes(dirname(at))) {
    if (isRepository(at)) return at;
    if (slashes(dirname(at)) === at) return null;
  }
}
