import type { Report } from '@danglint/core';
import type { Outcome } from '../exit.ts';
import { fails } from '../format/fail-level.ts';
import type { CheckFlags } from './check-flags.ts';

/** What a check comes to, from the findings that are left and whether files were changed. */
export function outcomeOf(
  left: readonly Pick<Report, 'severity'>[],
  changed: boolean,
  flags: Pick<CheckFlags, 'exitZero' | 'exitNonZeroOnFix' | 'failLevel' | 'fixOnly'>,
): Outcome {
  if (changed && flags.exitNonZeroOnFix) return 'changed';
  if (flags.exitZero || flags.fixOnly) return changed ? 'fixed' : 'clean';
  const serious = left.some(({ severity }) => fails(severity, flags.failLevel));
  if (serious) return 'findings';
  return changed ? 'fixed' : 'clean';
}
