import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { below, slashes } from '@danglint/core';
import { CONFIG_NAMES } from '../config/files.ts';
import { markedFolder, tooWide } from '../project/root.ts';

/**
 * The folder in which a file (absolute) is checked in an editor: that of the nearest configuration file in `folder`, else
 * `folder` itself; without one the nearest configuration file's, else the top of the project around the file. A configuration
 * that cannot be read counts: its program waits until it is mended.
 */
export function homeOf(file: string, folder: string | null): string {
  const own = slashes(dirname(file));
  const nearest = foldersUp(own, folder).find((at) => at !== folder && isConfigured(at));
  if (nearest !== undefined) return nearest;
  if (folder !== null) return folder;
  const marked = markedFolder(own);
  return marked === null || tooWide(marked) ? own : marked;
}

/** A folder and those above it, up to `last`. */
function foldersUp(folder: string, last: string | null): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== last && slashes(dirname(at)) !== at; ) {
    at = slashes(dirname(at));
    folders.push(at);
  }
  return last === null ? folders : folders.filter((at) => below(last, at));
}

function isConfigured(folder: string): boolean {
  return CONFIG_NAMES.some((name) => {
    const path = `${folder}/${name}`;
    if (!existsSync(path)) return false;
    return name !== 'pyproject.toml' || mentionsUs(path);
  });
}

function mentionsUs(path: string): boolean {
  try {
    return /^\s*\[+\s*tool\s*\.\s*danglint\b/m.test(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

/** True for a file (absolute) below `root` that stands in a virtual environment, whatever that is called. */
export function inVirtualEnvironment(root: string, file: string): boolean {
  for (let at = slashes(dirname(file)); below(root, at) && at !== root; at = slashes(dirname(at))) {
    if (existsSync(`${at}/pyvenv.cfg`)) return true;
  }
  return false;
}
