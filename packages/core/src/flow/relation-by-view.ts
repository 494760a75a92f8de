import type { FunctionInfo, Program } from '../project/index.ts';
import { type Call, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { asksFor } from './asked-relation.ts';
import { decides } from './decides.ts';
import type { FoundLookup } from './find-lookups.ts';
import { lastName } from './site-table.ts';
import { testedAt } from './tested.ts';
import type { Guard } from './verdict.ts';
import { viewHooks } from './view-hooks.ts';

/**
 * Why `self.order.invoice` in a view is there: `dispatch`, or another method that runs before, lets nobody through without,
 * `if not hasattr(self.order, "invoice"): return redirect(...)`. Null when nothing does.
 */
export function relationByView(program: Program, { expr, form, place: { fn } }: FoundLookup): Guard | null {
  const self = fn.params[0]?.name;
  if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || fn.cls === null) return null;
  if (self === undefined || !(dottedName(expr.value)?.startsWith(`${self}.`) ?? false)) return null;
  for (const { cls, fn: hook } of viewHooks(program, fn.cls, fn)) {
    const onward = cls === null || hook.params[0]?.name !== self ? null : onwardCall(hook);
    const asked = onward === null ? null : testedAt(hook.body, onward, (part) => asksFor(part, expr, hook));
    if (asked !== null && onward !== null && decides(hook.body, onward, asked)) {
      const detail = `\`${hook.name}\` asks for \`${expr.attr}\` first`;
      return { kind: 'loaded', path: hook.path, span: asked, detail };
    }
  }
  return null;
}

/** The last `super().dispatch(...)` of a method of that name: what lets the request through. */
function onwardCall({ body, name }: FunctionInfo): Call | null {
  let found: Call | null = null;
  const look = (part: Expr): void => {
    if (part.kind !== 'Call' || part.func.kind !== 'Attribute' || part.func.attr !== name) return;
    if (part.func.value.kind === 'Call' && lastName(part.func.value.func) === 'super') found = part;
  };
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt)) walkExpr(expr, look);
  });
  return found;
}
