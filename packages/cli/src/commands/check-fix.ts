import type { Outcome } from '../exit.ts';
import { type Checking, report } from './check.ts';

/** `--fix`, `--fix-only` and `--diff`. */
export async function runFix(checking: Checking): Promise<Outcome> {
  return report(checking);
}
