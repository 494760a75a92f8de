import { nameIndex } from './name-index.ts';
import { push } from './per-module.ts';

/** Functions and classes by name. */
export const entitiesOf = nameIndex((module): ReadonlyMap<string, readonly object[]> => {
  const out = new Map<string, object[]>();
  for (const fn of module.functions) if (fn.def !== null) push(out, fn.name, fn);
  for (const cls of module.classes) push(out, cls.name, cls);
  return out;
});
