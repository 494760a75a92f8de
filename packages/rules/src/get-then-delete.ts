import { type Defect, defineRule, type Lookup } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, settled } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

type ThenDelete = Extract<Defect, { kind: 'then-delete' }>;

export const getThenDelete = defineRule({
  meta: {
    id: 'get-then-delete',
    code: 'DNE403',
    summary: 'a row that is loaded only to be deleted or updated',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 740,
    docs: docsOf('get-then-delete'),
  },
  lookup: (judgement) => {
    const { method, exception } = judgement.lookup;
    const then = defectOf(judgement, 'then-delete');
    if (settled(judgement) || then === null || judgement.verdict.kind === 'handled') return null;
    return draftOf(judgement, {
      message: `${rowOf(judgement.lookup)} is loaded only for ${code(then.method)}: ${code(method)} raises ${code(exception)} when it is gone already`,
      help: helpOf(judgement.lookup, then),
      recipes: ['filter-delete'],
    });
  },
});

/** A client that asks for the row itself is told that it is gone. */
function helpOf({ form, method: name, host: { entry } }: Lookup, { method, beside }: ThenDelete): string {
  const filter =
    form === 'reverse-one-to-one'
      ? `delete only what ${code(`getattr(..., "${name}", None)`)} gives`
      : `use ${code(`.filter(...).${method}()`)}, which does nothing for a row that is gone`;
  return (entry === 'view' || entry === 'api') && !beside ? `answer 404, or ${filter}` : filter;
}
