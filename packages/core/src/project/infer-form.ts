import type { Call } from '../syntax/index.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';

import { type ModelRef, parts, type Type, UNKNOWN } from './types.ts';

/**
 * What a form or serializer makes of what was sent to it, by the fields that its class declares: some of them find rows. So do those
 * that it has for the relations of the `model` of its `Meta`.
 */
export function sentData(infer: Inference, cls: ClassInfo, model: ModelRef | null): Type {
  const declared = new Set<string>();
  const entries = infer.mro(cls).flatMap((base) => {
    if (typeof base === 'string') return [];
    return [...base.bodyScope.scope.bindings].flatMap(([name, bindings]) => {
      declared.add(name);
      const source = bindings.at(-1)?.source;
      const type =
        source?.kind === 'assign' && source.value?.kind === 'Call'
          ? foundBy(infer, source.value, base.bodyScope)
          : UNKNOWN;
      return type.t === 'unknown' ? [] : [{ name, type }];
    });
  });
  const related = relations(infer, model).filter(({ name }) => !declared.has(name));
  return { t: 'map', value: UNKNOWN, entries: [...entries, ...related] };
}

/** The relations of a model to one row. */
function relations(infer: Inference, model: ModelRef | null): { name: string; type: Type }[] {
  const fields = model?.cls == null ? [] : [...infer.program.models.fields(model.cls).values()];
  return fields.flatMap(({ name, kind, target }) =>
    target !== null && (kind === 'fk' || kind === 'o2o') ? [{ name, type: { t: 'row', model: target } }] : [],
  );
}

/** `ModelChoiceField(queryset=Order.objects.all())` finds a row of those, `PrimaryKeyRelatedField(many=True, ...)` several. */
function foundBy(infer: Inference, { func, args }: Call, scope: FunctionInfo): Type {
  const field = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  if (!/^(Model(Multiple)?ChoiceField|(PrimaryKey|Slug)RelatedField)$/.test(field)) return UNKNOWN;
  const asked = args.find(({ name }) => name === 'queryset') ?? args.find(({ name }) => name === null);
  if (asked === undefined) return UNKNOWN;
  const from = parts(infer.expr(asked.value, scope)).find(({ t }) => t === 'queryset' || t === 'manager');
  if (from?.t !== 'queryset' && from?.t !== 'manager') return UNKNOWN;
  const row: Type = { t: 'row', model: from.rows.model };
  if (field === 'ModelMultipleChoiceField') return { t: 'queryset', rows: from.rows };
  const many = args.find(({ name }) => name === 'many');
  return many === undefined ? row : { t: 'seq', item: row };
}
