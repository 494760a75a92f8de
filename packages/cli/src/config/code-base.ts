import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { presets } from '@danglint/rules';
import type { Layer } from './layer.ts';
import { KEYS } from './table.ts';
import type { ReadContext } from './value.ts';

/** Where imports start in a folder of a project. */
const SOURCE_ROOTS = ['', 'src'] as const;

/** What a folder has in which a project starts: whatever stands farther up is not of this one. */
const PROJECT_ROOT = ['.git', 'pyproject.toml', 'setup.py'] as const;

/**
 * The presets of a project whose code base has a preset of its own, as the weakest settings there are; null for any other.
 * `start` is the absolute folder of the first path.
 */
export function codeBaseLayer(start: string, context: ReadContext): Layer | null {
  const own = [...presets.values()].flatMap(({ name, codeBase }) => {
    const file = codeBase === null ? null : findAbove(start, codeBase);
    return file === null ? [] : [{ name, file }];
  });
  const [first] = own;
  if (first === undefined) return null;
  const value = [...KEYS.presets.default, ...own.map(({ name }) => name)];
  return { context, entries: new Map([[KEYS.presets.path, { value, from: first.file }]]) };
}

/** The file in `folder`, in its `src`, or in a folder above up to the one in which the project starts. */
function findAbove(folder: string, file: string): string | null {
  for (const root of SOURCE_ROOTS) {
    const path = join(folder, root, file);
    if (existsSync(path)) return path;
  }
  const above = dirname(folder);
  const isRoot = above === folder || PROJECT_ROOT.some((name) => existsSync(join(folder, name)));
  return isRoot ? null : findAbove(above, file);
}
