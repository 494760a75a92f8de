import type { Param } from '../syntax/index.ts';
import type { FunctionInfo } from './entities.ts';
import type { Inference } from './infer.ts';
import { metaModel } from './infer-view.ts';
import { type Type, UNKNOWN } from './types.ts';

/** Classes whose resolvers are run with the row as their first argument, whatever the parameter is called. */
const ROW_TYPES = /(^|\.)(DjangoObjectType|ModelObjectType|DjangoNode)$/;

/** What graphene hands to `resolve_x` of a type that stands for a model: no instance of the type, but the row. */
export function resolvedRow(infer: Inference, index: number, fn: FunctionInfo): Type | null {
  if (index !== 0 || fn.cls === null || !fn.name.startsWith('resolve_')) return null;
  if (!infer.program.hierarchy.externalBases(fn.cls).some((base) => ROW_TYPES.test(base))) return null;
  const model = metaModel(infer, fn.cls);
  return model === null ? null : { t: 'row', model };
}

/** `obj` of an admin's methods, `obj` and `instance` of a model serializer's: rows of the model that the class is for. */
export function shownRow(infer: Inference, { name }: Param, fn: FunctionInfo): Type {
  if (fn.cls === null || (name !== 'obj' && name !== 'instance')) return UNKNOWN;
  const { registered, hierarchy } = infer.program;
  const isSerializer = hierarchy.externalBases(fn.cls).some((base) => base.endsWith('Serializer'));
  const model = registered.get(fn.cls) ?? (isSerializer ? metaModel(infer, fn.cls) : null);
  return model === null ? UNKNOWN : { t: 'row', model };
}
