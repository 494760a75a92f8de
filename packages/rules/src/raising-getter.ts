import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf } from './policy/draft.ts';
import { asks } from './policy/forms.ts';
import { sightingOf } from './policy/observed.ts';
import { code, rowOf } from './policy/words.ts';

export const raisingGetter = defineRule({
  meta: {
    id: 'raising-getter',
    code: 'DNE009',
    summary: 'a getter that raises for a missing row, with callers that do not expect it',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 110,
    docs: docsOf('raising-getter'),
  },
  lookup: (judgement) => {
    const { lookup, verdict } = judgement;
    const wrapper = defectOf(judgement, 'wrapper');
    if (wrapper === null || verdict.kind !== 'escapes' || verdict.callers.length === 0 || !asks(lookup))
      return null;
    return draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone: ${code(wrapper.function)} only looks it up and ${careless(verdict.callers.length)} not handle ${code(lookup.exception)}`,
      help: `let the getter give ${code('None')} for a missing row and check it in the callers`,
      recipes: ['getter-none', 'try-except'],
    });
  },
  observe: (observation) => {
    if (observation.kind !== 'raised-miss') return null;
    const { getter, exception, model, verdict, confidence } = observation;
    if (verdict.kind !== 'escapes') return null;
    return sightingOf(observation, {
      message: `${model === null ? 'the row' : `${code(model)} row`} may be gone: ${code(getter)} then raises ${code(exception)} and ${careless(verdict.callers.length)} not handle it`,
      help: `let ${code(getter)} give ${code('None')} for a missing row and check it in the callers, or handle the exception there`,
      recipes: [],
      severity: confidence === 'high' ? null : 'info',
    });
  },
});

function careless(callers: number): string {
  return callers === 1 ? '1 caller does' : `${callers} callers do`;
}
