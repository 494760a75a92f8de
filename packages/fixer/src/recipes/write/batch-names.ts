import { type BatchForm, type For, stmtExprs, walkExpr, walkStmts } from '@danglint/core';
import { moduleNames } from '../../build/bindings.ts';
import { freshName, plural, snakeCase, usedNames } from '../../build/names.ts';
import type { Site } from './site.ts';

/** The names that a batch brings. */
export interface BatchNames {
  /** The map of rows by id: `groups`. */
  readonly rows: string;
  /** Makes an id what the column has: `to_pk`. */
  readonly convert: string;
  /** The list of the items, where they have to be kept; null where the loop's own expression can be read twice. */
  readonly items: string | null;
}

export function batchNames(
  site: Site,
  loop: For,
  { field, again }: Extract<BatchForm, { kind: 'map' }>,
): BatchNames {
  const { request, place } = site;
  const outermost = place.functions[0];
  const taken = new Set([
    ...moduleNames(request.facts),
    ...(outermost === undefined ? [] : usedNames(outermost)),
  ]);
  const fresh = (wanted: string): string => {
    const name = freshName(wanted, taken);
    taken.add(name);
    return name;
  };
  const many = plural(snakeCase(request.judgement.lookup.model));
  const rows = fresh(taken.has(many) ? `${many}_by_${field ?? 'pk'}` : many);
  const convert = fresh(`to_${field ?? 'pk'}`);
  return { rows, convert, items: again ? null : itemsName(site, loop, fresh) };
}

/** A name that only the loop reads is given the list; else the list gets a name of its own. */
function itemsName({ place }: Site, { iter, target }: For, fresh: (wanted: string) => string): string {
  const fn = place.functions.at(-1);
  if (iter.kind === 'Name' && fn !== undefined && reads(fn.body, iter.id) === 1) return iter.id;
  if (iter.kind === 'Name') return fresh(`${iter.id}_list`);
  return fresh(target.kind === 'Name' ? plural(target.id) : 'items');
}

function reads(body: Parameters<typeof walkStmts>[0], name: string): number {
  let count = 0;
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Name' && part.id === name) count++;
      });
  });
  return count;
}
