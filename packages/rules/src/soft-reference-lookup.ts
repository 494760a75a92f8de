import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { originFinding } from './policy/origin-rule.ts';

export const softReferenceLookup = defineRule({
  meta: {
    id: 'soft-reference-lookup',
    code: 'DNE105',
    summary: 'a lookup by a column that no constraint keeps',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['soft-reference'],
    precedence: 540,
    docs: docsOf('soft-reference-lookup'),
  },
  lookup: (judgement) => originFinding(judgement, { 'soft-reference': 'a column without a constraint' }),
});
