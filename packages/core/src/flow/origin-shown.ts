import { type ClassInfo, type FunctionInfo, metaModel, parts, type Program } from '../project/index.ts';
import { type Attribute, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { columnOrigin } from './origin-columns.ts';
import { returnValues } from './origin-parameters.ts';
import type { Step } from './origin-steps.ts';
import { originAt, type Tracer, type Trail } from './origin-trail.ts';
import { onlyValue } from './only-value.ts';
import type { Origin } from './verdict.ts';
import { assignedIn } from './view-hooks.ts';

/**
 * `serializer.data["customer"]` of a serializer of a model that leaves the foreign key as it is: the row that was shown a moment ago
 * points at it. Null for anything else.
 */
export function shownKey(t: Tracer, expr: Attribute, fn: FunctionInfo, { path }: Trail): Origin | null {
  if (expr.attr !== 'data') return null;
  const name = path.find((step: Step) => step !== null && typeof step !== 'number');
  if (typeof name !== 'string') return null;
  const shows = serializersOf(t.program, expr.value, fn);
  if (shows.length === 0 || !shows.every((cls) => leavesKey(t.program, cls, name))) return null;
  return originAt('choice', `\`${name}\`, a foreign key of the row that was shown`, expr, fn);
}

/** The classes that a serializer may be of; those of the view where `self.get_serializer()` made it. */
export function serializersOf(program: Program, owner: Expr, fn: FunctionInfo): readonly ClassInfo[] {
  const made = owner.kind === 'Name' ? onlyValue(owner, fn) : owner;
  if (made === null) return [];
  const own = parts(program.infer.expr(made, fn)).flatMap((type) =>
    type.t === 'instance' ? [type.cls] : [],
  );
  const self = fn.params[0]?.name;
  const isOfView =
    made.kind === 'Call' && self !== undefined && dottedName(made.func) === `${self}.get_serializer`;
  return isOfView && fn.cls !== null ? ofView(program, fn.cls) : own;
}

function ofView(program: Program, cls: ClassInfo): readonly ClassInfo[] {
  const chosen = program.hierarchy.member(cls, 'get_serializer_class')?.method ?? null;
  const named = assignedIn(program, cls, 'serializer_class');
  const values =
    chosen !== null
      ? returnValues(chosen).map((expr) => ({ expr, scope: chosen }))
      : named === null
        ? []
        : [{ expr: named.expr, scope: named.cls.bodyScope }];
  return values.flatMap(({ expr, scope }) =>
    parts(program.infer.expr(expr, scope)).flatMap((type) => (type.t === 'class' ? [type.cls] : [])),
  );
}

/** A serializer of a model that declares no field of the name itself, where the name is a foreign key with a constraint. */
function leavesKey(program: Program, cls: ClassInfo, name: string): boolean {
  const { hierarchy } = program;
  if (!hierarchy.externalBases(cls).some((base) => base.startsWith('rest_framework.'))) return false;
  const model = metaModel(program.infer, cls);
  if (model === null || columnOrigin(program, model, name).kind !== 'constrained-key') return false;
  return hierarchy
    .mro(cls)
    .every(
      (base) =>
        typeof base === 'string' ||
        (!base.bodyScope.scope.bindings.has(name) && !says(base.methods.get('to_representation'), name)),
    );
}

/** `to_representation` shows something of its own under the name. */
function says(method: FunctionInfo | undefined, name: string): boolean {
  let found = false;
  walkStmts(method?.body ?? [], (stmt) => {
    for (const expr of [...stmtExprs(stmt), ...(stmt.kind === 'Assign' ? stmt.targets : [])])
      walkExpr(expr, (part) => {
        found ||= part.kind === 'Constant' && part.type === 'str' && part.value === name;
      });
  });
  return found;
}
