import { LOOKUP_METHODS, OPTIONAL_METHODS } from '../django/index.ts';
import { parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Defect } from './verdict.ts';

/** The key is read from the row that another lookup of the same function found. */
export function chained(program: Program, found: FoundLookup, key: Expr | null): Defect[] {
  if (key === null || key.kind !== 'Attribute' || key.value.kind !== 'Name') return [];
  const name = key.value.id;
  for (const { source } of reaching(found.place.fn.scope.bindings.get(name) ?? [], key.start)) {
    if (source.kind !== 'assign' || source.value === null) continue;
    const value = source.value.kind === 'Await' ? source.value.value : source.value;
    if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || !isRowQuery(value.func.attr)) continue;
    const row = parts(program.infer.expr(value, found.place.fn)).find((type) => type.t === 'row');
    if (row?.t === 'row') return [{ kind: 'chained', at: value, first: row.model.name ?? 'row' }];
  }
  return [];
}

/** Methods that ask for one row by what the caller gives. */
function isRowQuery(method: string): boolean {
  return LOOKUP_METHODS.has(method) || OPTIONAL_METHODS.has(method);
}
