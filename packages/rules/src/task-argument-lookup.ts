import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { originFinding } from './policy/origin-rule.ts';

export const taskArgumentLookup = defineRule({
  meta: {
    id: 'task-argument-lookup',
    code: 'DNE101',
    summary: 'a lookup by a task argument that nobody handles',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: ['task-argument'],
    precedence: 590,
    docs: docsOf('task-argument-lookup'),
  },
  lookup: (judgement) => originFinding(judgement, { 'task-argument': 'a task argument' }),
});
