import { parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { isGone } from './deleted-before.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { ranBefore } from './ran-before.ts';

/**
 * The same function inserted the row before: an upsert of the model, or a key that a creating call gave. A row of another
 * model says nothing where the lookup is by id (`plain`); as another key it may have been created with it.
 */
export function justMade(
  program: Program,
  lookup: FoundLookup,
  key: Expr | null,
  plain: boolean,
): string | null {
  const { fn } = lookup.place;
  for (const stmt of ranBefore(fn.body, lookup.expr)) {
    const expr = stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' ? stmt.value : null;
    if (
      expr?.kind !== 'Call' ||
      expr.func.kind !== 'Attribute' ||
      !/^(create_or_update|get_or_create|update_or_create)$/.test(expr.func.attr)
    )
      continue;
    const same = parts(program.infer.expr(expr.func.value, fn)).some(
      (type) => (type.t === 'manager' || type.t === 'queryset') && type.rows.model.key === lookup.model.key,
    );
    if (same) return `\`${expr.func.attr}\` wrote the row just before`;
  }
  const owner = key?.kind === 'Attribute' && /^(id|pk)$/.test(key.attr) ? key.value : key;
  if (owner?.kind !== 'Name' || isGone(owner, lookup)) return null;
  const rowTypes = parts(program.infer.expr(owner, fn)).filter((type) => type.t === 'row');
  if (plain && rowTypes.length > 0 && !rowTypes.some((type) => sameModel(program, type.model, lookup.model)))
    return null;
  for (const { source } of reaching(fn.scope.bindings.get(owner.id) ?? [], owner.start)) {
    if (source.kind !== 'assign' || source.value === null) continue;
    const maker = makerIn(source.value);
    if (maker !== null) return `\`${owner.id}\` was made just before (\`${maker}\`)`;
  }
  return null;
}

/** The name of a creating function that an expression calls. */
function makerIn(expr: Expr): string | null {
  const makers: string[] = [];
  walkExpr(expr, (part) => {
    const name = part.kind === 'Attribute' ? part.attr : part.kind === 'Name' ? part.id : '';
    if (/^(a?create|provision)(_|$)|Creator$/.test(name)) makers.push(name);
  });
  return makers.at(-1) ?? null;
}
