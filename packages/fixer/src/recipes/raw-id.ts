import { type Recipe, span } from '@danglint/core';
import { hazardDoubts } from './branch.ts';
import { handlersAround } from './leaving.ts';
import { placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { replaceInStatement } from './write/replace.ts';
import { siteOf } from './write/site.ts';
import { finished } from './write/written.ts';

const NAME = { name: 'raw-id', pattern: 'raw-id' };

/** `line.product.pk` becomes `line.product_id`: the id is in the row at hand, whatever became of the other one. */
export const rawId: Recipe = {
  ...NAME,
  build(request) {
    const { column, form, method, host } = request.judgement.lookup;
    const found = placeOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { place } = found;
    const above = place.path.at(-2);
    if (
      form !== 'relation' ||
      above?.kind !== 'Attribute' ||
      (above.attr !== 'pk' && above.attr !== column?.key)
    )
      return refuse(NAME, 'more than the id is read from the row');
    if (column === null)
      return refuse(NAME, `the column behind \`${method}\` does not hold the id of the row`);
    if (place.stmt.kind === 'Delete' || isTarget(place.stmt, above)) return refuse(NAME, 'the id is written');
    const at = place.node.end - method.length;
    const edits = replaceInStatement(siteOf(request, place), [span(at, above.end)], column.name);
    const none = `\`${column.name}\` may be None, where \`${method}.${above.attr}\` raises AttributeError`;
    const doubts = [
      ...(column.nullable ? [none] : []),
      ...hazardDoubts(host.hazards, 'jump'),
      ...handlersAround(place),
    ];
    return fixOf(request, NAME, `Read \`${column.name}\`, which needs no row`, finished(edits, []), doubts);
  },
};

function isTarget(stmt: { readonly kind: string }, expr: unknown): boolean {
  return 'targets' in stmt && Array.isArray(stmt.targets) && stmt.targets.includes(expr);
}
