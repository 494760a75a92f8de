import { type ClassInfo, nameIndex, type Program, push } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr, walkExpr } from '../syntax/index.ts';
import { asksBefore } from './checked-by-view.ts';
import type { FoundLookup } from './find-lookups.ts';

/** Classes whose body maps a name to something: `parent_lookup_kwargs = {"group_pk": "groups__pk"}`. */
const mapsOf = nameIndex((module): ReadonlyMap<string, readonly ClassInfo[]> => {
  const out = new Map<string, ClassInfo[]>();
  for (const { cls, scope } of module.functions) {
    if (cls === null || cls.bodyScope.scope !== scope) continue;
    for (const { source } of [...scope.bindings.values()].flat()) {
      if (source.kind !== 'assign' || source.value?.kind !== 'Dict') continue;
      for (const { key } of source.value.entries)
        if (key?.kind === 'Constant' && key.type === 'str') push(out, key.value, cls);
    }
  }
  return out;
});

/**
 * True for a lookup in a serializer or a permission by a part of the URL, when every view whose class has a map of that part asks
 * for the same rows before anything else runs: `initial` of a base class that answers 404 for a parent that is not there.
 */
export function checkedByRoute(program: Program, lookup: FoundLookup, key: Expr | null): boolean {
  const name = key === null ? null : partOfUrl(key, lookup);
  const views = name === null ? [] : mapsOf(program).of(name);
  return (
    name !== null &&
    views.length > 0 &&
    views.every((view) => asksBefore(program, view, new Set([name]), lookup))
  );
}

/** `"group_pk"` of `view.kwargs["group_pk"]` and `request.resolver_match.kwargs["group_pk"]`, also behind a name. */
function partOfUrl(key: Expr, { place: { fn } }: FoundLookup): string | null {
  if (key.kind === 'Name') {
    const [only, other] = reaching(fn.scope.bindings.get(key.id) ?? [], key.start);
    const value = only?.source.kind === 'assign' && other === undefined ? only.source.value : null;
    return value?.kind === 'Subscript' ? ofSubscript(value) : null;
  }
  return key.kind === 'Subscript' ? ofSubscript(key) : null;
}

function ofSubscript({ value, index }: Extract<Expr, { kind: 'Subscript' }>): string | null {
  if (value.kind !== 'Attribute' || value.attr !== 'kwargs') return null;
  return index.kind === 'Constant' && index.type === 'str' && isOutside(value.value) ? index.value : null;
}

/** A view that was handed on, or the match of a request's URL: not the `self` of a view. */
function isOutside(owner: Expr): boolean {
  let found = false;
  walkExpr(owner, (part) => {
    found ||= /(^|\.)(view|resolver_match)$/.test(
      dottedName(part) ?? (part.kind === 'Attribute' ? part.attr : ''),
    );
  });
  return found;
}
