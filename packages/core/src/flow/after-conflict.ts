import type { Place } from '../project/index.ts';
import { lastName } from './site-table.ts';

/** In a handler of `IntegrityError` or `MultipleObjectsReturned` there is a row. */
export function afterConflict(place: Place): boolean {
  for (let frame = place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler' || frame.handler.type === null) continue;
    const types = frame.handler.type.kind === 'Tuple' ? frame.handler.type.elts : [frame.handler.type];
    if (types.some((type) => /^(IntegrityError|MultipleObjectsReturned)$/.test(lastName(type) ?? '')))
      return true;
  }
  return false;
}
