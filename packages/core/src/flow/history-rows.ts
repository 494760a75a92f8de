import type { Program } from '../project/index.ts';
import { historyNames } from './accessor-rows.ts';
import type { FoundLookup } from './find-lookups.ts';

/**
 * What a package keeps of a model of the program whenever a row of it is saved: `HistoricalOrder.objects.filter(id=order.pk).latest()`,
 * `order.history.earliest()`. A row at hand has been.
 */
export function isHistory(program: Program, { form, expr, model: { name, cls } }: FoundLookup): boolean {
  if (form !== 'ordered' || cls !== null) return false;
  const kept = /^Historical([A-Z]\w*)$/.exec(name ?? '')?.[1];
  if (kept !== undefined) return program.models.byName.has(kept);
  const rows =
    name === null && expr.kind === 'Call' && expr.func.kind === 'Attribute' ? expr.func.value : null;
  return rows?.kind === 'Attribute' && historyNames(program).has(rows.attr);
}
