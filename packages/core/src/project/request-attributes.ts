import type { Expr } from '../syntax/index.ts';
import { functionSites } from './call-index.ts';
import type { FunctionInfo } from './function-info.ts';
import { nameIndex } from './name-index.ts';
import { perModule, push } from './per-module.ts';

export interface SetAttribute {
  readonly value: Expr;
  readonly fn: FunctionInfo;
}

/** What a module sets on requests (`request.event = ...` in a middleware), by attribute. */
export const setAttributesOf = perModule((module): ReadonlyMap<string, readonly SetAttribute[]> => {
  const out = new Map<string, SetAttribute[]>();
  for (const fn of module.functions) {
    for (const { target, value, by } of functionSites(fn).given)
      if (by === 'assignment' && target.kind === 'Attribute' && isRequest(target.value))
        push(out, target.attr, { value, fn });
  }
  return out;
});

/** What a program's own code sets on requests. */
export const requestAttributes = nameIndex(setAttributesOf);

function isRequest(expr: Expr): boolean {
  return (
    (expr.kind === 'Name' && expr.id === 'request') || (expr.kind === 'Attribute' && expr.attr === 'request')
  );
}
