import { resolve } from 'node:path';
import { slashes } from '@danglint/core';
import { type Baseline, readBaseline } from '../adopt/baseline-file.ts';
import { DEFAULT_BASELINE } from '../config/keys-general.ts';
import { KEYS } from '../config/table.ts';
import { UserError } from '../errors.ts';
import { shownPath } from '../format/view.ts';
import type { Project } from '../project/project.ts';

/** Where the baseline stands or would be written, absolute; null when it is switched off. */
export function baselinePath({ config, root, cwd }: Project): string | null {
  const named = config.get(KEYS.baseline);
  if (named === '') return null;
  const flagged = config.from(KEYS.baseline.path) === '--baseline' && named !== DEFAULT_BASELINE;
  return slashes(resolve(flagged ? cwd : root, named));
}

/** The baseline of a project. A default one that does not exist is none; one that was named must exist. */
export function loadBaseline(project: Project): Baseline | null {
  const path = baselinePath(project);
  if (path === null) return null;
  const baseline = readBaseline(path);
  const from = project.config.from(KEYS.baseline.path);
  if (baseline !== null || from === 'default') return baseline;
  throw new UserError('input', `no such baseline: ${shownPath(project.cwd, path)} (from ${from})`, {
    help: '`--update-baseline` writes it, `--no-baseline` does without',
  });
}
