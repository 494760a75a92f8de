import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { slashes } from '@danglint/core';
import { KEYS } from '../config/table.ts';
import type { Project } from '../project/project.ts';

/** Files of production data (absolute). The default one counts where it exists; ones that are named must exist. */
export function productionFiles({ config, root, cwd }: Project): readonly string[] {
  const from = config.from(KEYS.production.path);
  const base = from === '--production' ? cwd : root;
  const all = config.get(KEYS.production).map((file) => slashes(resolve(base, file)));
  return from === 'default' ? all.filter((file) => existsSync(file)) : all;
}
