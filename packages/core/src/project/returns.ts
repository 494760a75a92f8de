import {
  type Expr,
  opensScope,
  type Param,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import { itemOf } from './containers.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { mayBeNone, NONE, parts, type Rows, type Type, UNKNOWN, union } from './types.ts';

/** The result of a function: its annotation where it tells, else what its `return` and `yield` give. */
export function returnType(infer: Inference, fn: FunctionInfo): Type {
  const { def } = fn;
  if (def === null) return UNKNOWN;
  const declared = def.returns === null ? UNKNOWN : annotationType(infer, def.returns, fn.parent ?? fn);
  if (declared.t !== 'unknown' && declared.t !== 'made') return declared;
  const found = def.generator ? yielded(infer, fn) : returned(infer, fn);
  return found.t === 'unknown' ? declared : found;
}

function returned(infer: Inference, fn: FunctionInfo): Type {
  const values: Type[] = [];
  ownStmts(fn.body, (stmt) => {
    if (stmt.kind === 'Return') values.push(stmt.value === null ? NONE : infer.expr(stmt.value, fn));
  });
  return union(values);
}

function yielded(infer: Inference, fn: FunctionInfo): Type {
  const values: Type[] = [];
  const visit = (part: Expr): void => {
    if (part.kind !== 'Yield' || part.value === null) return;
    const type = infer.expr(part.value, fn);
    values.push(part.from ? itemOf(type) : type);
  };
  ownStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
  });
  return { t: 'seq', item: union(values) };
}

/** The statements that run as part of a body, those of nested functions and classes left out. */
function ownStmts(body: readonly Stmt[], visit: (stmt: Stmt) => void): void {
  for (const stmt of body) {
    visit(stmt);
    if (!opensScope(stmt)) for (const block of stmtBlocks(stmt)) ownStmts(block, visit);
  }
}

/** What a call gives; what stands for `self` in the function becomes what the call's receiver is. */
export function functionResult(
  infer: Inference,
  { fn, self }: Extract<Type, { t: 'function' }>,
  params: ReadonlyMap<Param, Type>,
): Type {
  const general = infer.returns(fn);
  const open = general.t === 'unknown' || general.t === 'made';
  const special = open && params.size > 0 ? infer.returnsFor(fn, params) : general;
  const result = special.t === 'unknown' ? general : special;
  if (self === null) return result;
  const bound = parts(result).map((part) => rebind(infer, part, self, fn.cls));
  return union(mayBeNone(result) ? [...bound, NONE] : bound);
}

function rebind(infer: Inference, type: Type, self: Type, owner: ClassInfo | null): Type {
  switch (type.t) {
    case 'manager':
    case 'queryset':
      return rebindRows(infer, type, self, owner);
    case 'row':
    case 'model': {
      const model = modelOf(self);
      const stands = type.model.key.startsWith('self:') || isAbstractOwner(infer, type.model.cls, owner);
      return model !== null && stands ? { t: type.t, model } : type;
    }
    case 'instance': {
      const cls = self.t === 'instance' || self.t === 'class' ? self.cls : null;
      return cls !== null && type.cls === owner && infer.mro(cls).includes(owner)
        ? { t: 'instance', cls }
        : type;
    }
    case 'seq':
      return { t: 'seq', item: rebind(infer, type.item, self, owner) };
    case 'tuple':
      return { t: 'tuple', items: type.items.map((item) => rebind(infer, item, self, owner)) };
    case 'union':
      return union(type.of.map((part) => rebind(infer, part, self, owner)));
    default:
      return type;
  }
}

/** `self.filter(...)` in a manager's method is, for the caller, a filter on the manager that it asked. */
function rebindRows(
  infer: Inference,
  type: Extract<Type, { t: 'manager' | 'queryset' }>,
  self: Type,
  owner: ClassInfo | null,
): Type {
  const asked: Rows | null = self.t === 'manager' || self.t === 'queryset' ? self.rows : null;
  const model = modelOf(self);
  if (model === null) return type;
  const { rows } = type;
  const chain = [...(asked?.chain ?? []), ...rows.chain];
  if (asked !== null && rows.manager === 'self' && rows.cls === owner) {
    return {
      t: chain.length > 0 ? type.t : self.t === 'manager' ? 'manager' : type.t,
      rows: { ...asked, chain },
    };
  }
  if (rows.model.key.startsWith('self:') || (rows.manager === 'self' && rows.model.key === model.key)) {
    const { manager, related } = asked ?? rows;
    return { t: type.t, rows: { ...rows, model, chain, manager, related } };
  }
  return isAbstractOwner(infer, rows.model.cls, owner) ? { t: type.t, rows: { ...rows, model } } : type;
}

function modelOf(self: Type): Extract<Type, { t: 'row' }>['model'] | null {
  if (self.t === 'manager' || self.t === 'queryset') return self.rows.model;
  return self.t === 'row' || self.t === 'model' ? self.model : null;
}

/** A method of an abstract model speaks of the model that inherits it. */
function isAbstractOwner(infer: Inference, cls: ClassInfo | null, owner: ClassInfo | null): boolean {
  return cls !== null && cls === owner && infer.program.models.meta(cls).abstract;
}
