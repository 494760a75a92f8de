import { dottedName, type Expr, type FunctionDef, opensScope, walkExpr, walkStmts } from '@danglint/core';

const RESPONSE = /Response(?:Base|Redirect|PermanentRedirect)?$/;
const SHORTCUTS = /^(?:render|redirect|render_to_response)$/;

/** True for a function that gives a response, by its annotation or by what it returns: it runs for a request. */
export function responds(fn: FunctionDef): boolean {
  if (fn.returns !== null) return isResponse(fn.returns);
  let found = false;
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Return' && stmt.value !== null) found ||= makesResponse(stmt.value);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}

/** `HttpResponse`, also beside None: there None lets the request go on, which a missing row must not. */
function isResponse(type: Expr): boolean {
  let found = false;
  walkExpr(type, (part) => {
    if (part.kind === 'Name') found ||= RESPONSE.test(part.id);
    else if (part.kind === 'Attribute') found ||= RESPONSE.test(part.attr);
    else if (part.kind === 'Constant' && part.type === 'str')
      found ||= part.value.split(/\W+/).some((word) => RESPONSE.test(word));
  });
  return found;
}

function makesResponse(value: Expr): boolean {
  if (value.kind !== 'Call') return false;
  const name = dottedName(value.func) ?? '';
  return SHORTCUTS.test(name) || /(?:^|\.)(?:\w*Response\w*|render_to_response)$/.test(name);
}
