import { QUERYSET_METHODS } from '../django/index.ts';
import { type CodeSite, type FunctionInfo, functionSites, sitesOf } from '../project/index.ts';
import { type Handler, walkExpr, walkStmts } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/**
 * True for a manager's own `get` that never lets the exception out: what it asks stands in a `try` that answers, or is `first()`.
 * What it gives may be None.
 */
export function isSoftened(method: FunctionInfo, lookups: { has(name: string): boolean }): boolean {
  let raises = false;
  walkStmts(method.body, (stmt) => {
    raises ||= stmt.kind === 'Raise';
  });
  if (raises) return false;
  const asked = sitesOf(method).filter(
    (site) => site.kind === 'call' && /^a?first$|^super$/.test(lastName(site.expr.func) ?? ''),
  );
  return asked.length > 0 && sitesOf(method).every((site) => !asks(site, lookups) || isAnswered(site));
}

/** True for a manager's own `latest` and the like that gives a queryset: `return self.filter(...)`. */
export function givesRows(method: FunctionInfo): boolean {
  const { returns } = functionSites(method);
  return (
    returns.length > 0 &&
    returns.every(({ value }) => value?.kind === 'Call' && QUERYSET_METHODS.has(lastName(value.func) ?? ''))
  );
}

function asks(site: CodeSite, lookups: { has(name: string): boolean }): boolean {
  return site.kind === 'call' && site.expr.func.kind === 'Attribute' && lookups.has(site.expr.func.attr);
}

function isAnswered({ place }: CodeSite): boolean {
  for (let frame = place.frame; frame !== null; frame = frame.parent)
    if (frame.kind === 'try' && frame.stmt.handlers.some(catchesMissing)) return true;
  return false;
}

function catchesMissing({ type }: Handler): boolean {
  let found = type === null;
  if (type !== null)
    walkExpr(type, (part) => {
      found ||= /DoesNotExist$|^Exception$/.test(lastName(part) ?? '');
    });
  return found;
}
