import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { originFinding } from './policy/origin-rule.ts';

export const cachedIdLookup = defineRule({
  meta: {
    id: 'cached-id-lookup',
    code: 'DNE104',
    summary: 'a lookup by an id out of a cache or session',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['cache'],
    precedence: 560,
    docs: docsOf('cached-id-lookup'),
  },
  lookup: (judgement) => originFinding(judgement, { cache: 'a cache or session that outlives the row' }),
});
