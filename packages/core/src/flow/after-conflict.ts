import type { Place } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** In a handler of `IntegrityError` or `MultipleObjectsReturned` there is a row. */
export function afterConflict(place: Place): boolean {
  for (let frame = place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler' || frame.handler.type === null) continue;
    if (catches(frame.handler.type, /^(IntegrityError|MultipleObjectsReturned)$/)) return true;
  }
  return false;
}

function catches(type: Expr, names: RegExp): boolean {
  const types = type.kind === 'Tuple' ? type.elts : [type];
  return types.some((one) => names.test(lastName(one) ?? ''));
}
