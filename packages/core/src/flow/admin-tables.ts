import type { ClassInfo } from '../project/index.ts';
import { walkExpr } from '../syntax/index.ts';

/** True when a list of the class body names the method: `actions = ["ship"]`, `list_display = BASE + ["total"]`. */
export function namesMethod(cls: ClassInfo, tables: RegExp, name: string): boolean {
  let named = false;
  for (const [attr, bindings] of cls.bodyScope.scope.bindings) {
    if (!tables.test(attr)) continue;
    for (const { source } of bindings)
      if (source.kind === 'assign' && source.value !== null)
        walkExpr(source.value, (part) => {
          named ||= part.kind === 'Constant' && part.type === 'str' && part.value === name;
        });
  }
  return named;
}
