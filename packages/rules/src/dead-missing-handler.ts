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
    const result = resultOf(method);
    return sightingOf(observation, {
      message: `${code(exception)} is never raised here: ${code(method)} gives ${result} for a missing row, so this handler never runs`,
      help: `answer that result itself (${result}) instead of an exception`,
      recipes: ['dead-handler'],
      remarks: [{ at: call, message: `${code(method)} does not raise for a missing row` }],
    });
  },
});

/** What a method gives where no row is. */
function resultOf(method: string): string {
  if (/^a?(first|last)$|_or_none$/.test(method)) return code('None');
  if (/^(a?exists|contains)$/.test(method)) return code('False');
  if (/^a?(count|update)$/.test(method)) return code('0');
  if (/^a?in_bulk$/.test(method)) return 'an empty dictionary';
  return /^(a?aggregate|a?iterator)$/.test(method) ? 'an empty result' : 'an empty queryset';
}
