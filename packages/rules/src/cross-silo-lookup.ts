import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { originFinding } from './policy/origin-rule.ts';

export const crossSiloLookup = defineRule({
  meta: {
    id: 'cross-silo-lookup',
    code: 'DNE106',
    summary: 'a lookup by an id of another database or silo',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['cross-silo'],
    precedence: 550,
    docs: docsOf('cross-silo-lookup'),
  },
  lookup: (judgement) =>
    originFinding(judgement, { 'cross-silo': 'another database, where no constraint holds' }),
});
