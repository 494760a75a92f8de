import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, unanswered } from './policy/draft.ts';
import { sightingOf } from './policy/observed.ts';
import { code, rowOf } from './policy/words.ts';

export const wrongModelHandler = defineRule({
  meta: {
    id: 'wrong-model-handler',
    code: 'DNE202',
    summary: 'a handler that names another model than the lookup can miss',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 860,
    docs: docsOf('wrong-model-handler'),
  },
  lookup: (judgement) => {
    const { exception } = judgement.lookup;
    const wrong = defectOf(judgement, 'wrong-model');
    if (!unanswered(judgement) || wrong === null) return null;
    const named = code(`${wrong.named}.DoesNotExist`);
    return draftOf(judgement, {
      message: `${rowOf(judgement.lookup)} may be gone: the handler catches ${named} and never sees ${code(exception)}`,
      help: `catch ${code(exception)} here, beside ${named} if something else in the ${code('try')} raises that`,
      recipes: ['right-class'],
      remarks: [{ at: wrong.at, message: `catches ${named} only` }],
    });
  },
  observe: (observation) => {
    if (observation.kind !== 'raised-miss') return null;
    const { getter, exception, model, verdict } = observation;
    const passed = verdict.path.find(({ missedBy }) => missedBy !== undefined);
    if (passed === undefined) return null;
    return sightingOf(observation, {
      message: `${model === null ? 'the row' : `${code(model)} row`} may be gone: ${code(getter)} then raises ${code(exception)}, and a handler in ${code(passed.function)} waits for another model`,
      help: `catch ${code(exception)} there, too, or let ${code(getter)} give ${code('None')} for a missing row`,
      recipes: [],
    });
  },
});
