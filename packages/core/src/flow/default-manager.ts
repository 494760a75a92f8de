import type { Program } from '../project/index.ts';
import type { FoundLookup } from './find-lookups.ts';

/**
 * True where the receiver is the default manager of its model, with nothing chained: `get_object_or_404(Order, ...)` asks
 * `Order._default_manager.all()`, which is then the same rows as `Order.objects` (django/shortcuts.py).
 */
export function isDefaultManager({ models, hierarchy }: Program, { rows }: FoundLookup): boolean {
  if (rows === null || rows.chain.length > 0 || rows.related) return false;
  const { cls } = rows.model;
  if (cls === null) return rows.manager === 'objects' && rows.model.key.startsWith('django.contrib.');
  if (models.defaultManager(cls) !== rows.manager || (rows.custom && rows.cls === null)) return false;
  const own = (name: string): boolean =>
    rows.cls !== null && (hierarchy.member(rows.cls, name)?.method ?? null) !== null;
  return !own('get') && !own('all');
}
