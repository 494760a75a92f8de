import type { ClassInfo } from './entities.ts';
import type { ModelRef, Rows } from './types.ts';

/** A manager of a model, nothing chained yet. */
export function managerRows(
  model: ModelRef,
  cls: ClassInfo | null,
  manager: string,
  options: { custom?: boolean; related?: boolean } = {},
): Rows {
  return {
    model,
    manager,
    cls,
    custom: options.custom ?? cls !== null,
    related: options.related ?? false,
    chain: [],
  };
}
