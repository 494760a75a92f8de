import { perProgram } from '../project/index.ts';
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
