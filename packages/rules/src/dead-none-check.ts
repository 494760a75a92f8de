import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, settled } from './policy/draft.ts';
import { loweredSeverity } from './policy/severity.ts';
import { code } from './policy/words.ts';

export const deadNoneCheck = defineRule({
  meta: {
    id: 'dead-none-check',
    code: 'DNE204',
    summary: 'a check for None after a lookup that raises instead',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 840,
    docs: docsOf('dead-none-check'),
  },
  lookup: (judgement) => {
    const { method, exception } = judgement.lookup;
    const dead = defectOf(judgement, 'dead-none-check');
    if (settled(judgement) || dead === null) return null;
    const draft = draftOf(judgement, {
      message: `the check of ${code(dead.name)} never sees a missing row: ${code(method)} raises ${code(exception)} instead of giving ${code('None')}`,
      help: `use a lookup that gives ${code('None')}, so that the check works as it was meant`,
      recipes: ['dead-none-check'],
      remarks: [{ at: dead.at, message: 'this branch never runs for a missing row' }],
    });
    // Who checks for a missing row expects one, wherever the key comes from.
    const severity =
      judgement.verdict.kind === 'handled' ? 'info' : loweredSeverity({ ...judgement, origins: [] });
    return { ...draft, severity };
  },
});
