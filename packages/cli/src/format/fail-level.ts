import type { Severity } from '@danglint/core';

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Whether a finding of a severity fails a run that fails from a level on. */
export function fails(severity: Severity, level: Severity): boolean {
  return RANK[severity] >= RANK[level];
}
