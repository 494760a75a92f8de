import type { EntryKind, Judgement, OriginKind, Severity } from '@danglint/core';

/** Where a person reads the traceback and tries again: nobody is woken up by it. */
const ATTENDED: ReadonlySet<EntryKind> = new Set(['command', 'script', 'admin']);

/** Keys of rows that are part of a deployment (a default plan, a settings singleton): without them a crash is wanted. */
const CONFIGURED: ReadonlySet<OriginKind> = new Set(['literal', 'settings']);

/** The severity below the rule's own that a harmless place asks for; null when the rule's own holds. */
export function loweredSeverity({ verdict, origins }: Judgement): Severity | null {
  if (verdict.kind === 'escapes' && ATTENDED.has(verdict.entry.kind)) return 'info';
  if (origins.length > 0 && origins.every(({ kind }) => CONFIGURED.has(kind))) return 'info';
  return null;
}
