import type { Place } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/**
 * In a handler of `IntegrityError` or `MultipleObjectsReturned` there is a row, and in one of the program's own for it there is one
 * of the model that it names: `except OrderExists`.
 */
export function afterConflict(place: Place, model: string | null = null): boolean {
  const own = model === null ? '' : `|Duplicate${model}(Error)?|${model}(Already)?(Exists|Taken)(Error)?`;
  const taken = new RegExp(`^(IntegrityError|MultipleObjectsReturned${own})$`);
  for (let frame = place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler' || frame.handler.type === null) continue;
    if (catches(frame.handler.type, taken)) return true;
  }
  return false;
}

function catches(type: Expr, names: RegExp): boolean {
  const types = type.kind === 'Tuple' ? type.elts : [type];
  return types.some((one) => names.test(lastName(one) ?? ''));
}
