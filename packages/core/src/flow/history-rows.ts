import type { Program } from '../project/index.ts';
import type { FoundLookup } from './find-lookups.ts';

/**
 * `HistoricalOrder.objects.filter(id=order.pk).latest()`: what a package keeps of a model of the program whenever a row of it is
 * saved. A row at hand has been.
 */
export function isHistory({ models }: Program, { form, model: { name, cls } }: FoundLookup): boolean {
  const kept = /^Historical([A-Z]\w*)$/.exec(name ?? '')?.[1];
  return form === 'ordered' && cls === null && kept !== undefined && models.byName.has(kept);
}
