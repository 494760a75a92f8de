import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { originFinding } from './policy/origin-rule.ts';

export const searchIndexLookup = defineRule({
  meta: {
    id: 'search-index-lookup',
    code: 'DNE103',
    summary: 'a lookup by an id out of a search or analytics store',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['search-index'],
    precedence: 570,
    docs: docsOf('search-index-lookup'),
  },
  lookup: (judgement) => originFinding(judgement, { 'search-index': 'a search index that outlives the row' }),
});
