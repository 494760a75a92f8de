import { type Expr, opensScope, type Stmt, stmtBlocks } from '../syntax/index.ts';
import type { ClassInfo, SelfAttribute } from './entities.ts';

/** The attributes of a name that a target sets, with the way to them through unpacking. */
function attributesOf(
  self: string,
  target: Expr,
  steps: readonly number[] = [],
): { attr: string; steps: readonly number[] }[] {
  if (target.kind === 'Tuple' || target.kind === 'List')
    return target.elts.flatMap((part, i) => attributesOf(self, part, [...steps, i]));
  if (target.kind !== 'Attribute' || target.value.kind !== 'Name' || target.value.id !== self) return [];
  return [{ attr: target.attr, steps }];
}

/** What the methods of a class assign to `self`, by attribute. */
export function collectSelfAttributes(cls: ClassInfo): Map<string, SelfAttribute[]> {
  const out = new Map<string, SelfAttribute[]>();
  for (const fn of cls.methods.values()) {
    const self = fn.params[0]?.name;
    if (self === undefined) continue;
    const block = (stmts: readonly Stmt[]): void => {
      for (const stmt of stmts) {
        if (stmt.kind === 'Assign') {
          for (const { attr, steps } of stmt.targets.flatMap((target) => attributesOf(self, target))) {
            const entry = { value: stmt.value, annotation: stmt.annotation, steps, fn };
            out.set(attr, [...(out.get(attr) ?? []), entry]);
          }
        }
        if (!opensScope(stmt)) for (const inner of stmtBlocks(stmt)) block(inner);
      }
    };
    block(fn.body);
  }
  return out;
}
