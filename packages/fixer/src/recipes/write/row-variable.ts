import { dottedName, opensScope, type Stmt, walkStmts } from '@danglint/core';
import { moduleNames } from '../../build/bindings.ts';
import { boundNames, freshName, snakeCase, usedNames } from '../../build/names.ts';
import type { Place } from '../place.ts';
import { sameLookup } from './same-lookup.ts';
import type { Site } from './site.ts';

/**
 * A name for the row that nothing in the function uses, save for the same row in another branch or before: the model's, or that of
 * the argument that it is given as.
 */
export function rowVariable({ request, place }: Site): string {
  const outermost = place.functions[0];
  const { lookup } = request.judgement;
  const named = lookup.model === null && lookup.receiver === '' ? 'result' : snakeCase(lookup.model);
  const model = accessorName(place, named) ?? named;
  const elsewhere = sameRelation(place, request.source.text, model) ?? sameLookup(place, request, model);
  if (elsewhere !== null) return elsewhere;
  const taken = new Set([
    ...moduleNames(request.facts),
    ...(outermost === undefined ? [] : usedNames(outermost)),
  ]);
  const given = argumentName(place);
  const wanted = given !== null && (lookup.model === null || taken.has(model)) ? given : model;
  return freshName(wanted, taken);
}

const SAYS_NOTHING = /^(?:row|obj|object|instance|item|value|data|result)$/;

/** `customer` of `order.customer`; not what Django makes of the model's name: `orderposition`. */
function accessorName({ node }: Place, model: string): string | null {
  if (node.kind !== 'Attribute' || !/^[a-z]\w*$/.test(node.attr) || SAYS_NOTHING.test(node.attr)) return null;
  return node.attr === model.replaceAll('_', '') ? null : node.attr;
}

/** `seller` of `pay(seller=User.objects.get(pk=1))`. */
function argumentName({ path, value }: Place): string | null {
  const above = path[path.indexOf(value) - 1];
  const name = above?.kind === 'Call' ? above.args.find((arg) => arg.value === value)?.name : null;
  return name !== undefined && name !== null && /^[a-z_]\w*$/.test(name) && !name.includes('__')
    ? name
    : null;
}

/** The variable that another branch of the function keeps the same relation in, where that is all it is ever bound to. */
function sameRelation({ functions, node }: Place, text: string, model: string): string | null {
  const fn = functions.at(-1);
  const path = node.kind === 'Attribute' ? dottedName(node) : null;
  if (fn === undefined || path === null || node.kind !== 'Attribute') return null;
  const [root = ''] = path.split('.');
  const bound = new Map<string, Set<string>>();
  const roots = new Set<Stmt>();
  walkStmts(
    fn.body,
    (stmt) => {
      const value = stmt.kind === 'Assign' ? stmt.value : null;
      for (const name of boundNames(stmt)) {
        const source = value === null ? `${stmt.start}` : text.slice(value.start, value.end);
        bound.set(name, (bound.get(name) ?? new Set()).add(source));
        if (name === root) roots.add(stmt);
      }
    },
    (stmt) => !opensScope(stmt),
  );
  if (roots.size > (fn.params.some((param) => param.name === root) ? 0 : 1)) return null;
  const owner = path.slice(0, path.lastIndexOf('.'));
  const forms = [path, ...['"', "'"].map((q) => `getattr(${owner}, ${q}${node.attr}${q}, None)`)];
  return (
    [...bound].find(
      ([name, values]) =>
        (name === model || name.startsWith(`${model}_`)) &&
        values.size === 1 &&
        forms.some((form) => values.has(form)) &&
        !fn.params.some((param) => param.name === name),
    )?.[0] ?? null
  );
}
