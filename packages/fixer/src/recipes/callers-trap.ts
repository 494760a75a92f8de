import type { EntryKind, FixRequest, FunctionDef } from '@danglint/core';
import { givesRows } from './collections.ts';

/** Why a helper cannot begin to give None: a caller names its exception, and would go on with None, or reads the rows that it gives. */
export function callersTrap({ judgement: { lookup } }: FixRequest, fn: FunctionDef): string | null {
  const named = lookup.host.hazards.some(
    ({ kind, why }) => kind === 'caller-catches' && why.includes('DoesNotExist'),
  );
  if (named) return `a caller of \`${lookup.host.function}\` names the exception`;
  return givesRows(fn) ? `callers of \`${fn.name}\` read the rows that it gives` : null;
}

const BACKGROUND: ReadonlySet<EntryKind> = new Set(['task', 'consumer', 'receiver', 'thread'] as const);

/** True where nobody waits for the function: a queue calls it in the end, or a broad handler takes whatever it raises. */
export function inBackground({ judgement: { verdict } }: FixRequest): boolean {
  if (verdict.kind !== 'escapes') return true;
  const { kind } = verdict.entry;
  return kind !== 'uncalled' && kind !== 'script' && BACKGROUND.has(kind);
}
