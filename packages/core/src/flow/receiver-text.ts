import type { FoundLookup } from './find-lookups.ts';

/** What is asked, in words: `objects`, `objects.filter.select_related`, `related manager items`. */
export function receiverText(found: FoundLookup): string {
  if (found.rows === null) return found.expr.kind === 'Attribute' ? 'descriptor' : 'row';
  const chain = found.rows.chain.map((link) => link.method);
  return [found.rows.related ? `related manager ${found.rows.manager}` : found.rows.manager, ...chain].join(
    '.',
  );
}
