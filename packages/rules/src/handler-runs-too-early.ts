import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, unanswered } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

export const handlerRunsTooEarly = defineRule({
  meta: {
    id: 'handler-runs-too-early',
    code: 'DNE207',
    summary: 'a handler around a lookup that runs only later',
    since: '0.1.0',
    severity: 'error',
    fix: 'none',
    origins: [],
    precedence: 870,
    docs: docsOf('handler-runs-too-early'),
  },
  lookup: (judgement) => {
    const { exception } = judgement.lookup;
    const later = defectOf(judgement, 'runs-later');
    if (!unanswered(judgement) || later === null) return null;
    return draftOf(judgement, {
      message: `${rowOf(judgement.lookup)} may be gone: the lookup runs after its ${code('try')} was left, so the handler never sees ${code(exception)}`,
      help: `run the lookup inside the ${code('try')}, or put the ${code('try')} where it runs`,
      recipes: [],
      remarks: [{ at: later.at, message: `${later.what} runs later` }],
    });
  },
});
