import { type ClassInfo, perProgram, type Program } from '../project/index.ts';
import { stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** Names under which a module gives a class a property of its own: `User.profile = property(profile_of)`. What the class had under it is gone. */
export const replacedAccessors = perProgram(
  ({ modules }): ReadonlySet<string> =>
    new Set(
      modules.flatMap(({ facts }) =>
        facts.body.flatMap((stmt) => {
          const made =
            stmt.kind === 'Assign' && stmt.value?.kind === 'Call' ? lastName(stmt.value.func) : null;
          if (stmt.kind !== 'Assign' || !/^(cached_)?property$/.test(made ?? '')) return [];
          return stmt.targets.flatMap((target) => (target.kind === 'Attribute' ? [target.attr] : []));
        }),
      ),
    ),
);

/**
 * True for a class whose own `__getattr__` names the accessor: Python asks it where the descriptor finds no row, whose exception is an
 * `AttributeError`.
 */
export function isMadeOnMiss({ hierarchy }: Program, cls: ClassInfo, accessor: string): boolean {
  const method = hierarchy.member(cls, '__getattr__')?.method ?? null;
  let found = false;
  if (method !== null)
    walkStmts(method.body, (stmt) => {
      for (const expr of stmtExprs(stmt))
        walkExpr(expr, (part) => {
          found ||= part.kind === 'Constant' && part.type === 'str' && part.value === accessor;
        });
    });
  return found;
}
