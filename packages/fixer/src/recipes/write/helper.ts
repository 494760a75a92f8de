import type { Call, FixRequest } from '@danglint/core';
import { spell } from '../../build/bindings.ts';
import { bindsName } from '../../build/names.ts';
import { flatten } from '../../build/flatten.ts';
import type { Place } from '../place.ts';
import { callText } from './call-text.ts';
import { type FirstText, firstText } from './first.ts';

/**
 * The lookup through the project's own helper: `Order.objects.get_or_none(pk=1)`, `get_or_none(Order, pk=1)`. Null where there
 * is none, where it might give another row, or where its name means something else.
 */
export function helperText(
  { judgement: { lookup }, source, facts, settings }: FixRequest,
  place: Place,
): FirstText | null {
  const { helper, call } = lookup;
  if (helper === null || call === null || call.func.kind !== 'Attribute' || settings.style !== 'auto')
    return null;
  if (helper.form === 'first' && lookup.first.kind !== 'same') return null;
  if (helper.asks === 'self') {
    const method = firstText(source.text, call);
    return method === null
      ? null
      : { name: { ...method.name, text: helper.name }, tail: { at: call.end, text: '' } };
  }
  const hidden = place.functions.some((fn) => bindsName(fn, helper.name));
  const spelling =
    helper.bound && !hidden
      ? { text: helper.name, imports: [] }
      : spell(facts, place.functions, { module: helper.module, name: helper.name });
  const subject = helper.asks === 'rows' ? undefined : modelOf(source.text, call);
  const text = subject === null ? null : callText(source.text, call, subject);
  if (spelling === null || text === null) return null;
  return {
    name: { start: call.start, end: text.end, text: `${spelling.text}(${text.arguments}` },
    tail: { at: call.end, text: '' },
    imports: spelling.imports,
  };
}

/** `Order` of `Order.objects.get(...)`. */
function modelOf(text: string, { func }: Call): string | null {
  if (func.kind !== 'Attribute' || func.value.kind !== 'Attribute') return null;
  return flatten(text, func.value.value.start, func.value.value.end);
}
