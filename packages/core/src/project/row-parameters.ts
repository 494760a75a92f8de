import type { Param } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { metaModel } from './infer-view.ts';
import { type ModelRef, type Type, UNKNOWN } from './types.ts';

/** Classes whose resolvers are run with the row as their first argument, whatever the parameter is called. */
const ROW_TYPES = /(^|\.)(DjangoObjectType|ModelObjectType|DjangoNode)$/;

/** Decorators of strawberry by which a class stands for a model: `@strawberry_django.type(Model)`. */
const ROW_DECORATORS = /^strawberry(_django|\.django)\b.*\.(type|interface)$/;

/** What graphene and strawberry hand to the resolvers of a type that stands for a model: no instance of the type, but the row. */
export function resolvedRow(infer: Inference, index: number, fn: FunctionInfo): Type | null {
  if (index !== 0 || fn.cls === null) return null;
  const model = fn.name.startsWith('resolve_')
    ? grapheneModel(infer, fn.cls)
    : fn.isMethod
      ? strawberryModel(infer, fn.cls)
      : null;
  return model === null ? null : { t: 'row', model };
}

function grapheneModel(infer: Inference, cls: ClassInfo): ModelRef | null {
  const isRow = infer.program.hierarchy.externalBases(cls).some((base) => ROW_TYPES.test(base));
  return isRow ? metaModel(infer, cls) : null;
}

function strawberryModel(infer: Inference, cls: ClassInfo): ModelRef | null {
  const { symbols, hierarchy, models } = infer.program;
  for (const decorator of cls.def.decorators) {
    const [model] = decorator.kind === 'Call' ? decorator.args : [];
    if (decorator.kind !== 'Call' || model === undefined) continue;
    const name = symbols.of(decorator.func, cls.outer);
    if (name?.kind !== 'external' || !ROW_DECORATORS.test(name.name)) continue;
    const symbol = symbols.of(model.value, cls.outer);
    if (symbol?.kind === 'class' && hierarchy.kind(symbol.cls) === 'model') return models.ref(symbol.cls);
  }
  return null;
}

/** `obj` of an admin's methods, `obj` and `instance` of a model serializer's: rows of the model that the class is for. */
export function shownRow(infer: Inference, { name }: Param, fn: FunctionInfo): Type {
  if (fn.cls === null || (name !== 'obj' && name !== 'instance')) return UNKNOWN;
  const { registered, hierarchy } = infer.program;
  const isSerializer = hierarchy.externalBases(fn.cls).some((base) => base.endsWith('Serializer'));
  const model = registered.get(fn.cls) ?? (isSerializer ? metaModel(infer, fn.cls) : null);
  return model === null ? UNKNOWN : { t: 'row', model };
}
