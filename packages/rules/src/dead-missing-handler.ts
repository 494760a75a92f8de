import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { sightingOf } from './policy/observed.ts';
import { code } from './policy/words.ts';

export const deadMissingHandler = defineRule({
  meta: {
    id: 'dead-missing-handler',
    code: 'DNE203',
    summary: 'a handler of a missing row around code that never raises for one',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 830,
    docs: docsOf('dead-missing-handler'),
  },
  lookup: () => null,
  observe: (observation) => {
    if (observation.kind !== 'dead-handler') return null;
    const { exception, method, call } = observation;
    return sightingOf(observation, {
      message: `${code(exception)} is never raised here: ${code(method)} gives an empty result for a missing row, so this handler never runs`,
      help: `answer the empty result itself (${code('None')}, an empty queryset) instead of an exception`,
      recipes: ['dead-handler'],
      remarks: [{ at: call, message: `${code(method)} does not raise for a missing row` }],
    });
  },
});
