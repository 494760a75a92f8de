import type { ClassInfo } from './entities.ts';
import { foreignModel } from './foreign.ts';
import type { Inference } from './infer.ts';
import { sentData } from './infer-form.ts';
import { bindMember } from './members.ts';
import { managerRows } from './rows.ts';
import { type ModelRef, parts, type Rows, type Type, UNKNOWN } from './types.ts';

/** What views, admins, forms and serializers get from their framework base class; null when the attribute is nothing of that. */
export function viewAttribute(infer: Inference, cls: ClassInfo, attr: string): Type | null {
  switch (attr) {
    case 'request':
      return { t: 'made', name: 'django.http.HttpRequest' };
    case 'filter_queryset':
      return { t: 'external', name: 'rest_framework.generics.GenericAPIView.filter_queryset' };
    case 'get_queryset': {
      const rows = viewRows(infer, cls);
      return rows === null ? null : { t: 'partial', target: { t: 'queryset', rows } };
    }
    case 'get_object': {
      const rows = viewRows(infer, cls) ?? givenRows(infer, cls);
      return rows === null ? null : { t: 'partial', target: { t: 'row', model: rows.model } };
    }
    case 'object': {
      const rows = viewRows(infer, cls) ?? givenRows(infer, cls);
      return rows === null ? null : { t: 'row', model: rows.model };
    }
    case 'model': {
      const model = infer.program.registered.get(cls);
      return model === undefined ? null : { t: 'model', model };
    }
    case 'cleaned_data':
    case 'validated_data':
      return sentData(infer, cls, metaModel(infer, cls));
    default:
      return formAttribute(infer, cls, attr);
  }
}

/** The rows that a generic view works on: its `queryset`, its `model`, or the model that an admin is registered for. */
function viewRows(infer: Inference, cls: ClassInfo): Rows | null {
  for (const name of ['queryset', 'model']) {
    const member = infer.program.hierarchy.member(cls, name);
    if (member === null || member.method !== null) continue;
    for (const type of parts(bindMember(infer, member, UNKNOWN))) {
      if (type.t === 'queryset' || type.t === 'manager') return type.rows;
      if (type.t === 'model') return managerRows(type.model, null, 'objects');
      const foreign = type.t === 'external' ? foreignModel(type.name) : null;
      if (foreign !== null) return managerRows(foreign, null, 'objects');
    }
  }
  const model = infer.program.registered.get(cls) ?? metaModel(infer, cls);
  return model == null ? null : managerRows(model, null, 'objects');
}

/** The rows that a view's own `get_queryset` gives, where they are of one model: `get_object` takes one of them. */
function givenRows(infer: Inference, cls: ClassInfo): Rows | null {
  const method = infer.program.hierarchy.member(cls, 'get_queryset')?.method ?? null;
  if (method === null || infer.program.hierarchy.externalBases(cls).length === 0) return null;
  const [first, ...others] = parts(infer.returns(method));
  if (first?.t !== 'queryset' && first?.t !== 'manager') return null;
  const same = (type: Type): boolean =>
    (type.t === 'queryset' || type.t === 'manager') && type.rows.model.key === first.rows.model.key;
  return others.every(same) ? first.rows : null;
}

/** `self.instance`, `self.save()` and `self._meta.model` of what has a `Meta.model`. */
function formAttribute(infer: Inference, cls: ClassInfo, attr: string): Type | null {
  if (attr !== 'instance' && attr !== 'save' && attr !== '_meta') return null;
  const model = metaModel(infer, cls);
  if (model === null) return null;
  if (attr === '_meta') return { t: 'meta', model };
  const row: Type = { t: 'row', model };
  return attr === 'save' ? { t: 'partial', target: row } : row;
}

/** The model that the `Meta` of a class of a framework names. */
export function metaModel(infer: Inference, cls: ClassInfo): ModelRef | null {
  const { hierarchy, symbols, models } = infer.program;
  if (hierarchy.externalBases(cls).length === 0) return null;
  const source = hierarchy.member(cls, 'Meta')?.bindings.at(-1)?.source;
  const meta = source?.kind === 'class' ? infer.program.classInfo(source.def) : null;
  const value = meta === null ? undefined : hierarchy.member(meta, 'model')?.bindings.at(-1)?.source;
  if (meta === null || value?.kind !== 'assign' || value.value === null) return null;
  const symbol = symbols.of(value.value, meta.bodyScope);
  if (symbol?.kind === 'class') return hierarchy.kind(symbol.cls) === 'model' ? models.ref(symbol.cls) : null;
  return symbol?.kind === 'external' ? foreignModel(symbol.name) : null;
}
